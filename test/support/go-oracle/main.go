// Answers, line by line, what Go and Kubernetes' own packages print for a case; see README.md.
package main

import (
	"bufio"
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"io"
	"os"
	stdtab "text/tabwriter"
	"time"

	"github.com/liggitt/tabwriter"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/duration"
	"k8s.io/apimachinery/pkg/util/json"
	yamlutil "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/cli-runtime/pkg/printers"
	"k8s.io/client-go/util/jsonpath"
	"k8s.io/kubectl/pkg/cmd/get"
	"sigs.k8s.io/yaml"
	"sigs.k8s.io/yaml/kyaml"
)

type req struct {
	Op    string               `json:"op"`
	Text  string               `json:"text"`
	Text2 string               `json:"text2"`
	Data  stdjson.RawMessage   `json:"data"`
	Flag  bool                 `json:"flag"`
	Args  []stdjson.RawMessage `json:"args"`
	Num   int64                `json:"num"`
	Float float64              `json:"float"`
	List  []string             `json:"list"`
	Opts  struct {
		NoHeaders, WithNamespace, WithKind, Wide, ShowLabels bool
		Group, Kind                                          string
		ColumnLabels                                         []string
	} `json:"opts"`
}
type res struct {
	Out string `json:"out"`
	Err string `json:"err,omitempty"`
}

func decode(d []byte) interface{} {
	var v interface{}
	if err := json.Unmarshal(d, &v); err != nil {
		panic(err)
	}
	return v
}

func run(r req) (out string, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("PANIC %v", x)
		}
	}()
	var buf bytes.Buffer
	switch r.Op {
	case "json":
		b, e := stdjson.MarshalIndent(decode([]byte(r.Text)), "", "    ")
		return string(b), e
	case "jsonc":
		b, e := stdjson.Marshal(decode([]byte(r.Text)))
		return string(b), e
	case "yaml":
		b, e := yaml.Marshal(decode([]byte(r.Text)))
		return string(b), e
	case "kyaml":
		e := (&kyaml.Encoder{}).FromObject(decode([]byte(r.Text)), &buf)
		return buf.String(), e
	case "yaml2json":
		d := yamlutil.NewYAMLOrJSONDecoder(bytes.NewReader([]byte(r.Text)), 4096)
		for {
			ext := runtime.RawExtension{}
			if e := d.Decode(&ext); e != nil {
				if e == io.EOF {
					break
				}
				return buf.String(), e
			}
			ext.Raw = bytes.TrimSpace(ext.Raw)
			if len(ext.Raw) == 0 || bytes.Equal(ext.Raw, []byte("null")) {
				continue
			}
			c, e := stdjson.Marshal(decode(ext.Raw))
			if e != nil {
				return buf.String(), e
			}
			buf.Write(c)
			buf.WriteByte('\n')
		}
		return buf.String(), nil
	case "jsonpath":
		j := jsonpath.New("out")
		if e := j.Parse(r.Text); e != nil {
			return "", fmt.Errorf("parse: %v", e)
		}
		j.AllowMissingKeys(r.Flag)
		if r.Text2 == "json" {
			j.EnableJSONOutput(true)
		}
		e := j.Execute(&buf, decode(r.Data))
		return buf.String(), e
	case "relaxed":
		return get.RelaxedJSONPathExpression(r.Text)
	case "template":
		p, e := printers.NewGoTemplatePrinter([]byte(r.Text))
		if e != nil {
			return "", fmt.Errorf("parse: %v", e)
		}
		p.AllowMissingKeys(r.Flag)
		e = p.PrintObj(&unstructured.Unstructured{Object: decode(r.Data).(map[string]interface{})}, &buf)
		return buf.String(), e
	case "sprint":
		return fmt.Sprint(decode([]byte(r.Text))), nil
	case "sprintf":
		var a []interface{}
		for _, x := range r.Args {
			a = append(a, decode(x))
		}
		return fmt.Sprintf(r.Text, a...), nil
	case "quantity":
		q, e := resource.ParseQuantity(r.Text)
		if e != nil {
			return "", e
		}
		return fmt.Sprintf("%s|%d|%d|%v|%d", q.String(), q.Value(), q.MilliValue(), q.AsApproximateFloat64(), q.Sign()), nil
	case "qadd":
		q, e := resource.ParseQuantity(r.Text)
		if e != nil {
			return "", e
		}
		p, e := resource.ParseQuantity(r.Text2)
		if e != nil {
			return "", e
		}
		c := q.Cmp(p)
		s := q.DeepCopy()
		s.Add(p)
		d := q.DeepCopy()
		d.Sub(p)
		return fmt.Sprintf("%s|%s|%d", s.String(), d.String(), c), nil
	case "human":
		return duration.HumanDuration(time.Duration(r.Num)) + "|" + duration.ShortHumanDuration(time.Duration(r.Num)), nil
	case "godur":
		return time.Duration(r.Num).String(), nil
	case "pardur":
		d, e := time.ParseDuration(r.Text)
		return fmt.Sprint(int64(d)), e
	case "selector":
		s, e := labels.Parse(r.Text)
		if e != nil {
			return "", e
		}
		l := labels.Set{}
		if len(r.Data) > 0 {
			stdjson.Unmarshal(r.Data, &l)
		}
		return fmt.Sprintf("%s|%v", s.String(), s.Matches(l)), nil
	case "fieldsel":
		s, e := fields.ParseSelector(r.Text)
		if e != nil {
			return "", e
		}
		l := fields.Set{}
		if len(r.Data) > 0 {
			stdjson.Unmarshal(r.Data, &l)
		}
		return fmt.Sprintf("%s|%v", s.String(), s.Matches(l)), nil
	case "labelselector":
		var ls metav1.LabelSelector
		if e := stdjson.Unmarshal(r.Data, &ls); e != nil {
			return "", e
		}
		s, e := metav1.LabelSelectorAsSelector(&ls)
		if e != nil {
			return "", e
		}
		return s.String() + "|" + metav1.FormatLabelSelector(&ls), nil
	case "tab":
		w := printers.GetNewTabWriter(&buf)
		for _, x := range r.List {
			if x == "FLUSH" {
				w.Flush()
			} else if x == "FORGET" {
				w.SetRememberedWidths(nil)
			} else {
				w.Write([]byte(x))
			}
		}
		w.Flush()
		return buf.String(), nil
	case "tabstd":
		w := new(stdtab.Writer)
		w.Init(&buf, 0, 8, 2, ' ', 0)
		for _, x := range r.List {
			if x == "FLUSH" {
				w.Flush()
			} else {
				w.Write([]byte(x))
			}
		}
		w.Flush()
		return buf.String(), nil
	case "table":
		p := printers.NewTablePrinter(printers.PrintOptions{NoHeaders: r.Opts.NoHeaders, WithNamespace: r.Opts.WithNamespace, WithKind: r.Opts.WithKind, Wide: r.Opts.Wide, ShowLabels: r.Opts.ShowLabels, Kind: schema.GroupKind{Group: r.Opts.Group, Kind: r.Opts.Kind}, ColumnLabels: r.Opts.ColumnLabels})
		var pp printers.ResourcePrinter = p
		if r.Text != "" {
			pp = &get.SortingPrinter{Delegate: pp, SortField: r.Text}
		}
		pp = &get.TablePrinter{Delegate: pp}
		w := tabwriter.NewWriter(&buf, 6, 4, 3, ' ', tabwriter.RememberWidths)
		for _, x := range r.Args {
			o := decode(x).(map[string]interface{})
			var ro runtime.Object = &unstructured.Unstructured{Object: o}
			if t, ok := o["eventType"].(string); ok {
				ro = &metav1.WatchEvent{Type: t, Object: runtime.RawExtension{Object: &unstructured.Unstructured{Object: o["object"].(map[string]interface{})}}}
			}
			if e := pp.PrintObj(ro, w); e != nil {
				w.Flush()
				return buf.String(), e
			}
			if r.Flag {
				w.Flush()
			}
		}
		w.Flush()
		return buf.String(), nil
	case "columns":
		p, e := get.NewCustomColumnsPrinterFromSpec(r.Text, unstructured.UnstructuredJSONScheme, r.Flag)
		if e != nil {
			return "", e
		}
		o := decode(r.Data).(map[string]interface{})
		var ro runtime.Object = &unstructured.Unstructured{Object: o}
		if u := ro.(*unstructured.Unstructured); u.IsList() {
			l, _ := u.ToList()
			ro = l
		}
		e = p.PrintObj(ro, &buf)
		return buf.String(), e
	case "sortobj":
		o := decode(r.Data)
		var objs []runtime.Object
		for _, x := range o.([]interface{}) {
			objs = append(objs, &unstructured.Unstructured{Object: x.(map[string]interface{})})
		}
		s, e := get.SortObjects(nil, objs, r.Text)
		if e != nil {
			return "", e
		}
		for i := range objs {
			fmt.Fprint(&buf, s.OriginalPosition(i), " ")
		}
		return buf.String(), nil
	}
	return "", fmt.Errorf("no op %s", r.Op)
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	w := bufio.NewWriter(os.Stdout)
	enc := stdjson.NewEncoder(w)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			var r req
			var o res
			if e := stdjson.Unmarshal(line, &r); e != nil {
				o.Err = "BAD " + e.Error()
			} else {
				var e error
				o.Out, e = run(r)
				if e != nil {
					o.Err = e.Error()
					if o.Err == "" {
						o.Err = "?"
					}
				}
			}
			enc.Encode(o)
		}
		if err != nil {
			break
		}
	}
	w.Flush()
}
