// What the compiler names of the instructions of another machine, which it has no use for here.
package ppc64

const (
	ABRD = ALASTAOUT + iota
	ABRH
	ABRW
	ASETBC
	ASETBCR
	ALASTGEN
)
