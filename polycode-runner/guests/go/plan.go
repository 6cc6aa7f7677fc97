package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"go/scanner"
	"log"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
)

// The newest version of the language that the compiler knows.
const newest = 27

// A program, as far as it was looked through.
type program struct {
	module   string
	language string
	standard map[string]bool
	calls    [][]string
	// The objects of packages that are compiled, as path=file, in their order.
	objects []string
	// Packages that are being looked through, and those that are done.
	open, done []string
	// What it is made for: that tests ask for what it has, or that these functions are called; or else it runs
	// as a whole.
	isTested  bool
	functions []string
	// What is added to the program's files.
	added map[string]string
}

// Writes the calls that make a program from its files: one for each package, in an order in which
// each comes after those that it imports, and one to link. The object of a call is a file with the
// call's number.
func plan(entry string, isTested bool, functions []string) {
	p := program{standard: map[string]bool{}, isTested: isTested, functions: functions, added: map[string]string{}}
	for _, path := range standard() {
		p.standard[path] = true
	}
	p.readModule()
	p.add("main", path.Dir(entry))
	last := fmt.Sprintf("%d.o", len(p.calls)-1)
	p.calls = append(p.calls, []string{
		"link", strings.Join(p.objects, " "), "-o", out, "-importcfg", importcfg, "-buildmode=exe", "-buildid=", "-s", "-w", last,
	})
	text, err := json.Marshal(map[string]any{"calls": p.calls, "files": p.added})
	if err == nil {
		err = os.WriteFile(out, text, 0o600)
	}
	if err != nil {
		log.Fatal(err)
	}
}

var (
	moduleLine  = regexp.MustCompile(`(?m)^[ \t]*module[ \t]+"?([^\s"]+)"?[ \t]*(//.*)?\r?$`)
	versionLine = regexp.MustCompile(`(?m)^[ \t]*go[ \t]+1\.([0-9]{1,3})(\.[0-9]+)?[ \t]*(//.*)?\r?$`)
	pathOfOwn   = regexp.MustCompile(`^[A-Za-z0-9._~/-]+$`)
)

// Reads what go.mod says, if there is one.
func (p *program) readModule() {
	text, err := os.ReadFile("go.mod")
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	if err != nil {
		log.Fatal(err)
	}
	name := moduleLine.FindStringSubmatch(string(text))
	if name == nil || !pathOfOwn.MatchString(name[1]) {
		log.Fatal("go.mod: it names no module")
	}
	p.module = name[1]
	if version := versionLine.FindStringSubmatch(string(text)); version != nil {
		minor := 0
		fmt.Sscan(version[1], &minor)
		if minor > newest {
			log.Fatalf("go.mod: go 1.%d is asked for, and the compiler is of go 1.%d", minor, newest)
		}
		p.language = fmt.Sprintf("-lang=go1.%d", minor)
	}
}

// Adds the calls for the package of a folder, after those for the packages that it imports.
func (p *program) add(name, folder string) {
	p.open = append(p.open, name)
	context := build.Default
	context.GOOS, context.GOARCH, context.Compiler = "wasip1", "wasm", "gc"
	// So that it is told where C is used, and not left out.
	context.CgoEnabled = true
	context.GOPATH, context.GOROOT = "", ""
	found, err := context.ImportDir(folder, 0)
	var wrong scanner.ErrorList
	var none *build.NoGoError
	switch {
	case errors.As(err, &wrong):
		for _, each := range wrong {
			each.Pos.Filename = strings.TrimPrefix(each.Pos.Filename, "/")
			log.Print(each)
		}
		os.Exit(1)
	case errors.As(err, &none), err == nil && len(found.GoFiles)+len(found.CgoFiles) == 0:
		log.Fatalf("folder `%s` has no file in Go that is compiled here", folder)
	case err != nil:
		log.Fatal(strings.ReplaceAll(strings.ReplaceAll(err.Error(), " in /", " in "), "open /", "open "))
	case len(found.CgoFiles) > 0:
		log.Fatalf("%s: import \"C\": there is no C here", path.Join(folder, found.CgoFiles[0]))
	case len(found.EmbedPatterns) > 0:
		at := found.EmbedPatternPos[found.EmbedPatterns[0]][0]
		log.Fatalf("%s:%d: files can't be embedded: read them when the program runs", strings.TrimPrefix(at.Filename, "/"), at.Line)
	case name == "main" && found.Name != "main":
		log.Fatalf("%s: package %s: a program that runs is package main", path.Join(folder, found.GoFiles[0]), found.Name)
	case name != "main" && found.Name == "main":
		log.Fatalf("folder `%s` is package main, which can't be imported", folder)
	}
	for _, imported := range found.Imports {
		p.need(imported, found.ImportPos[imported][0].String())
	}
	p.open = p.open[:len(p.open)-1]
	p.done = append(p.done, name)
	var files, names []string
	for _, file := range found.GoFiles {
		file = path.Join(folder, file)
		files = append(files, file)
		// The root of the program is no part of what its files are called.
		names = append(names, "/"+file+"=>"+file)
	}
	call := []string{
		"compile", strings.Join(p.objects, " "), "-o", out, "-p", name, "-complete", "-dwarf=false", "-c=1", "-nolocalimports",
		"-trimpath", strings.Join(names, ";"), "-importcfg", importcfg, "-pack",
	}
	if p.language != "" {
		call = append(call, p.language)
	}
	if text := p.addedTo(name, folder, found.Name, files); text != "" {
		added := fmt.Sprintf("%d.%s", len(p.calls), more)
		p.added[added] = text
		files = append(files, added)
	}
	call = append(call, files...)
	p.objects = append(p.objects, fmt.Sprintf("%s=%d.o", name, len(p.calls)))
	p.calls = append(p.calls, call)
}

// The text that is added to a package for what the program is made for; none where nothing is.
func (p *program) addedTo(own, folder, name string, files []string) string {
	switch {
	case p.isTested:
		return testedBy(own, folder, name, files)
	case len(p.functions) > 0 && own == "main":
		return p.callerOf(files)
	}
	return ""
}

// Sees to it that a package that is imported is there.
func (p *program) need(imported, at string) {
	at = strings.TrimPrefix(at, "/")
	isInternal := slices.Contains(strings.Split(imported, "/"), "internal")
	rest, isOwn := strings.CutPrefix(imported+"/", p.module+"/")
	switch {
	case p.standard[imported] && !isInternal, imported == "unsafe", slices.Contains(p.done, imported):
	case slices.Contains(p.open, imported):
		log.Fatalf("%s: import cycle: %s imports itself by way of others", at, imported)
	case p.module == "" || !isOwn || !pathOfOwn.MatchString(imported):
		log.Fatalf("%s: package %s is not there: neither in the standard library nor in the module of go.mod", at, imported)
	default:
		folder := path.Clean("./" + rest)
		if about, err := os.Stat(folder); err != nil || !about.IsDir() {
			log.Fatalf("%s: package %s is not there: the program has no folder `%s`", at, imported, folder)
		}
		p.add(imported, folder)
	}
}
