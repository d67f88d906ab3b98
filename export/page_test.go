package export_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"stemma"
	"stemma/export"
	"stemma/extract"
	"stemma/ingest"
	"stemma/internal/testenv"
	"stemma/record"
)

func build(t testing.TB, reports ...*stemma.Report) *record.Result {
	t.Helper()
	return record.Build(record.AnnotateAll(reports, 0), record.Options{})
}

func examples(t testing.TB) *record.Result {
	t.Helper()
	var reports []*stemma.Report
	for c, err := range ingest.Read([]string{"../examples/kost"}, ingest.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		rep, err := extract.Text(c.Source, c.Data)
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, rep)
	}
	return build(t, reports...)
}

func page(t testing.TB, r *record.Result) string {
	t.Helper()
	var buf bytes.Buffer
	if err := export.Page(&buf, r.Documents, r.Collations, r.Record); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

var (
	tag  = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"]|"[^"]*")*)>`)
	attr = regexp.MustCompile(`([a-z-]+)(?:="([^"]*)")?`)
	void = map[string]bool{"meta": true, "br": true, "input": true}
)

// checkHTML checks that elements nest, that ids are unique, that every link
// within the page leads somewhere, and that nothing is fetched or run.
func checkHTML(t *testing.T, html string) {
	t.Helper()
	var open []string
	ids, links := map[string]bool{}, map[string]bool{}
	body := html
	if i, j := strings.Index(html, "<style>"), strings.Index(html, "</style>"); i >= 0 && j > i {
		css := html[i:j]
		if strings.Contains(css, "url(") || strings.Contains(css, "@import") {
			t.Error("the style sheet fetches something")
		}
		body = html[:i] + html[j+len("</style>"):]
	}
	for _, m := range tag.FindAllStringSubmatch(body, -1) {
		name := strings.ToLower(m[2])
		switch {
		case m[1] == "/":
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
			continue
		case !void[name]:
			open = append(open, name)
		}
		switch name {
		case "script", "iframe", "object", "embed", "img", "link", "base", "form":
			t.Errorf("the page has <%s>", name)
		}
		for _, a := range attr.FindAllStringSubmatch(m[3], -1) {
			switch key, value := a[1], a[2]; {
			case key == "id":
				if ids[value] {
					t.Errorf("two elements have the id %s", value)
				}
				ids[value] = true
			case key == "href" && strings.HasPrefix(value, "#"):
				links[value[1:]] = true
			case key == "href" && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "http://"):
				t.Errorf("a link to %q", value)
			case strings.HasPrefix(key, "on"), key == "src":
				t.Errorf("the page has %s=%q", key, value)
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("not closed: %v", open)
	}
	for id := range links {
		if !ids[id] {
			t.Errorf("a link leads to #%s, which is not there", id)
		}
	}
}

func TestPageStandsAlone(t *testing.T) {
	html := page(t, examples(t))
	checkHTML(t, html)
	for _, want := range []string{
		"Marenland and Osvia end first talks in six years without a deal",
		`<b>9</b> reports`, `<b>8</b> outlets`, `id="r9"`, `<html lang="en">`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// TestPageTrustsNoReport puts hostile text wherever text can come from.
func TestPageTrustsNoReport(t *testing.T) {
	evil := `"><script>alert(1)</script><img src=x onerror=alert(2)>` + "\u202e\x1b[31m"
	rep := func(n string) *stemma.Report {
		text := "The talks " + evil + " ended in Vardo on Tuesday. “We " + evil + " agreed,” said Anna " + evil + " Holm. " + n
		return &stemma.Report{
			ID: stemma.NewReportID(n, text), Source: n + evil, Outlet: "Post " + evil, Title: "Talks " + evil,
			URL: "javascript:alert(3)", Agency: evil, Authors: []string{evil}, Text: text,
		}
	}
	html := page(t, build(t, rep("one"), rep("two")))
	checkHTML(t, html)
	for _, bad := range []string{"<script", "<img", "javascript:", "\u202e", "\x1b"} {
		if strings.Contains(strings.ToLower(html), bad) {
			t.Errorf("the page has %q", bad)
		}
	}
}

func TestEmptyRecord(t *testing.T) {
	checkHTML(t, page(t, build(t)))
	var buf bytes.Buffer
	r := build(t)
	if err := export.Brief(&buf, r.Documents, r.Collations, r.Record, export.BriefOptions{}); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(buf.String(), "0 reports") {
		t.Errorf("got %q", buf.String())
	}
}

// TestPageFitsNarrowScreens opens the page in a browser: at no width may it
// have to be scrolled sideways, with or without dark colours.
func TestPageFitsNarrowScreens(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser := testenv.Browser(t)
	html := page(t, examples(t))
	// Measure from within: the page itself runs no script and forbids any.
	csp := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
	if !csp.MatchString(html) {
		t.Fatal("the page has no Content-Security-Policy")
	}
	html = csp.ReplaceAllString(html, "")
	html = strings.Replace(html, "</body>", "<script>document.title = document.documentElement.scrollWidth - document.documentElement.clientWidth</script></body>", 1)
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(html), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, width := range []string{"540"} {
		out, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--user-data-dir="+t.TempDir(), "--window-size="+width+",900", "--dump-dom", "file://"+file).Output()
		if err != nil {
			t.Skipf("the browser does not start: %v", err)
		}
		if !bytes.Contains(out, []byte("<title>0</title>")) {
			m := regexp.MustCompile(`<title>([^<]*)`).FindSubmatch(out)
			t.Errorf("at %s pixels the page is too wide by %s", width, m)
		}
	}
}
