// Prints src/kube/decode/protobuf-fields.ts from the Go types of Kubernetes: field numbers, JSON names, what JSON leaves out.
// Run `go run . > ../../../src/kube/decode/protobuf-fields.ts` and Prettier here after raising the version in go.mod, and
// `go run . samples > ../../../src/kube/decode/fixtures/pods.json`.
package main

import (
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var out = map[string]string{}
var order []string

func kindOf(t reflect.Type) string {
	switch t {
	case reflect.TypeOf(metav1.Time{}):
		return "time"
	case reflect.TypeOf(metav1.MicroTime{}):
		return "microtime"
	case reflect.TypeOf(resource.Quantity{}):
		return "quantity"
	case reflect.TypeOf(intstr.IntOrString{}):
		return "intstr"
	}
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "bool"
	case reflect.Int32, reflect.Int64, reflect.Int:
		return "int"
	case reflect.Struct:
		if t.Name() == "FieldsV1" {
			return "skip"
		}
		visit(t)
		return t.Name()
	}
	panic(t.String())
}

func visit(t reflect.Type) {
	name := t.Name()
	if _, ok := out[name]; ok {
		return
	}
	out[name] = ""
	order = append(order, name)
	var fields []string
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for i := 0; i < t.NumField(); i++ {
			f := t.Field(i)
			js := strings.Split(f.Tag.Get("json"), ",")
			pb := f.Tag.Get("protobuf")
			if pb == "" {
				continue
			}
			parts := strings.Split(pb, ",")
			number := parts[1]
			if js[0] == "" && f.Anonymous {
				// embedded: protobuf keeps it as a message, JSON inlines it
				fields = append(fields, fmt.Sprintf("%s:^%s", number, kindOf(f.Type)))
				continue
			}
			omit, omitZero := false, false
			for _, o := range js[1:] {
				omit = omit || o == "omitempty"
				omitZero = omitZero || o == "omitzero"
			}
			ft := f.Type
			mark := ""
			if ft.Kind() == reflect.Pointer {
				ft = ft.Elem()
				mark = "?" // present whenever sent
			} else if !omitZero && (!omit || ft.Kind() == reflect.Struct) {
				mark = "!" // present even when empty
			}
			if ft.Kind() == reflect.Slice && ft.Elem().Kind() == reflect.Uint8 {
				fields = append(fields, fmt.Sprintf("%s:%s%s:bytes", number, js[0], mark))
				continue
			}
			switch ft.Kind() {
			case reflect.Slice:
				fields = append(fields, fmt.Sprintf("%s:%s%s:[]%s", number, js[0], mark, kindOf(ft.Elem())))
			case reflect.Map:
				fields = append(fields, fmt.Sprintf("%s:%s%s:{}%s", number, js[0], mark, kindOf(ft.Elem())))
			default:
				k := kindOf(ft)
				if k == "skip" {
					continue
				}
				fields = append(fields, fmt.Sprintf("%s:%s%s:%s", number, js[0], mark, k))
			}
		}
	}
	walk(t)
	out[name] = strings.Join(fields, " ")
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "samples" {
		printSamples()
		return
	}
	visit(reflect.TypeOf(corev1.Pod{}))
	sort.Strings(order)
	fmt.Print(head)
	for _, n := range order {
		fmt.Printf("  %s: '%s',\n", n, out[n])
	}
	fmt.Print("};\n")
}

const head = `// Field numbers and JSON names of the protobuf messages that pods are made of, taken from the Kubernetes Go types.
// Written by test/support/protobuf-fields; do not edit.

/**
 * A message is a list of "number:name[mark]:type". Marks: "!" is in JSON even when empty, "?" is in JSON whenever it was sent,
 * none is left out of JSON when empty. "^Type" has no name: its fields stand in the parent's JSON object.
 */
export const MESSAGES: Readonly<Record<string, string>> = {
`
