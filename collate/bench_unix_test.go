//go:build unix

package collate

import (
	"syscall"
	"testing"
	"time"
)

// measureCPU reports the processor time of each operation beside the wall
// time, which says little on a machine that others use too.
func measureCPU(b *testing.B) func() {
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	start := used()
	return func() { b.ReportMetric(float64((used()-start).Microseconds())/float64(b.N)/1000, "cpu-ms/op") }
}
