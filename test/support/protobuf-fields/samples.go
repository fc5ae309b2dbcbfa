package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Prints the samples of src/kube/decode/protobuf.test.ts: lists and watch events as Kubernetes' own encoders write them, in
// JSON and in protobuf. Every field is filled once, so that a wrong number or name cannot hide.
func printSamples() {
	scheme := runtime.NewScheme()
	must(corev1.AddToScheme(scheme))
	metav1.AddToGroupVersion(scheme, corev1.SchemeGroupVersion)
	info := map[string]runtime.SerializerInfo{}
	for _, each := range serializer.NewCodecFactory(scheme).SupportedMediaTypes() {
		info[each.MediaType] = each
	}
	encoders := map[string]runtime.Encoder{"json": info["application/json"].Serializer, "protobuf": info["application/vnd.kubernetes.protobuf"].Serializer}

	full := corev1.Pod{}
	counter := 0
	fill(reflect.ValueOf(&full).Elem(), &counter, 0)
	full.TypeMeta = metav1.TypeMeta{}
	full.ManagedFields = nil
	negative := corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "negative", UID: "u2", ResourceVersion: "2", Generation: 1 << 40}}
	negative.Spec.Priority = ptr(int32(-1000))
	negative.Spec.Containers = []corev1.Container{{Name: "größe", Image: "", Args: []string{"", "a"}}}
	negative.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: "größe", Started: ptr(false), LastTerminationState: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: -1}}}}
	list := &corev1.PodList{
		TypeMeta: metav1.TypeMeta{Kind: "PodList", APIVersion: "v1"},
		ListMeta: metav1.ListMeta{ResourceVersion: "9007199254740993", Continue: "next", RemainingItemCount: ptr(int64(7))},
		Items:    []corev1.Pod{full, negative, {}},
	}
	out := map[string]any{}
	for name, encoder := range encoders {
		var buffer bytes.Buffer
		must(encoder.Encode(list, &buffer))
		out["list."+name] = buffer.Bytes()
		frames := []byte{}
		for _, event := range []struct {
			kind   string
			object runtime.Object
		}{
			{"ADDED", typed(&corev1.Pod{ObjectMeta: full.ObjectMeta, Status: full.Status})}, {"MODIFIED", typed(&negative)}, {"DELETED", typed(&negative)},
			{"BOOKMARK", typed(&corev1.Pod{ObjectMeta: metav1.ObjectMeta{ResourceVersion: "77"}})},
			{"ERROR", &metav1.Status{TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}, Status: "Failure", Message: "too old resource version: 1 (2)", Reason: metav1.StatusReasonExpired, Code: 410}},
		} {
			var object bytes.Buffer
			must(encoder.Encode(event.object, &object))
			frame := &metav1.WatchEvent{Type: event.kind, Object: runtime.RawExtension{Raw: object.Bytes()}}
			var encoded bytes.Buffer
			media := "application/json"
			if name == "protobuf" {
				media = "application/vnd.kubernetes.protobuf"
			}
			stream := info[media].StreamSerializer
			must(stream.Encode(frame, &encoded))
			var framed bytes.Buffer
			_, err := stream.Framer.NewFrameWriter(&framed).Write(encoded.Bytes())
			must(err)
			frames = append(frames, framed.Bytes()...)
		}
		out["watch."+name] = frames
	}
	printed, err := json.MarshalIndent(out, "", " ")
	must(err)
	fmt.Fprintln(os.Stdout, string(printed))
}

func typed(pod *corev1.Pod) *corev1.Pod {
	copied := pod.DeepCopy()
	copied.TypeMeta = metav1.TypeMeta{Kind: "Pod", APIVersion: "v1"}
	return copied
}

// fill gives every field a value of its own.
func fill(v reflect.Value, counter *int, depth int) {
	*counter++
	switch v.Interface().(type) {
	case []metav1.ManagedFieldsEntry: // never kept
		return
	case metav1.Time:
		v.Set(reflect.ValueOf(metav1.NewTime(time.Unix(1700000000+int64(*counter)*7919, 0).UTC())))
		return
	case resource.Quantity:
		v.Set(reflect.ValueOf(resource.MustParse(fmt.Sprintf("%dMi", *counter))))
		return
	case intstr.IntOrString:
		if *counter%2 == 0 {
			v.Set(reflect.ValueOf(intstr.FromInt32(int32(*counter))))
		} else {
			v.Set(reflect.ValueOf(intstr.FromString(fmt.Sprintf("port-%d", *counter))))
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text-%d", *counter))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int32, reflect.Int64, reflect.Int:
		v.SetInt(int64(*counter))
	case reflect.Uint8:
		v.SetUint(uint64(*counter % 256))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), counter, depth+1)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		length := 1
		if depth < 4 {
			length = 2
		}
		v.Set(reflect.MakeSlice(v.Type(), length, length))
		for i := range length {
			fill(v.Index(i), counter, depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, counter, depth+1)
			fill(value, counter, depth+1)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		if v.Type().Name() == "FieldsV1" {
			return
		}
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), counter, depth+1)
			}
		}
	}
}

func ptr[T any](value T) *T { return &value }

func must(err error) {
	if err != nil {
		panic(err)
	}
}
