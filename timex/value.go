package timex

import (
	"fmt"
	"strconv"
	"time"

	"stemma"
)

// value writes a placed date as a TIMEX3 value.
func value(pl placed) string {
	f := pl.from
	switch pl.grain {
	case "day":
		return f.Format(time.DateOnly)
	case "week":
		y, w := f.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", y, w)
	case "weekend":
		y, w := f.ISOWeek()
		return fmt.Sprintf("%04d-W%02d-WE", y, w)
	case "month":
		return f.Format("2006-01")
	case "quarter":
		return fmt.Sprintf("%04d-Q%d", f.Year(), (int(f.Month())-1)/3+1)
	case "year":
		return fmt.Sprintf("%04d", f.Year())
	case "decade":
		return fmt.Sprintf("%03d", f.Year()/10)
	case "century":
		return fmt.Sprintf("%02d", f.Year()/100)
	case "hour":
		return f.Format("2006-01-02T15")
	case "minute":
		return f.Format("2006-01-02T15:04")
	case "part":
		return f.Format(time.DateOnly) + "TNI"
	}
	return ""
}

// clockValue writes the time of day of a node: "T16:00", "T18:00Z".
func clockValue(n *node) string {
	s := fmt.Sprintf("T%02d:%02d", n.hour, max(n.min, 0))
	if n.sec >= 0 && n.min >= 0 && n.sec > 0 {
		s += fmt.Sprintf(":%02d", n.sec)
	}
	if n.hasZone && n.zone == 0 {
		s += "Z"
	}
	return s
}

// length writes the length of a node as ISO 8601 does: "P3D", "PT5H", "PXY".
func length(n *node) string {
	x, prefix, code := n.n, "P", ""
	switch n.unit {
	case uSecond:
		prefix, code = "PT", "S"
	case uMinute:
		prefix, code = "PT", "M"
	case uHour:
		prefix, code = "PT", "H"
	case uDay:
		code = "D"
	case uNight:
		code = "NI"
	case uWeek:
		code = "W"
	case uFortnight:
		code, x = "W", 2*x
	case uWeekend:
		code = "WE"
	case uMonth:
		code = "M"
	case uQuarter:
		code = "Q"
	case uYear:
		code = "Y"
	case uDecade:
		code = "DE"
	case uCentury:
		code = "CE"
	case uMillennium:
		code = "ML"
	}
	if n.vague || x == 0 {
		return prefix + "X" + code
	}
	switch n.unit {
	case uDecade:
		code, x = "Y", 10*x
	case uCentury:
		code, x = "Y", 100*x
	case uMillennium:
		code, x = "Y", 1000*x
	case uHour:
		if x == 0.5 {
			code, x = "M", 30
		}
	case uYear:
		if x == 0.5 || x == 1.5 {
			code, x = "M", 12*x
		}
	}
	return prefix + strconv.FormatFloat(x, 'f', -1, 64) + code
}

// EDTF writes where t lies as an Extended Date/Time Format string (ISO 8601-2:
// 2019): "2025-12-02", "2025-08", "2025-21" for spring 2025, "199X",
// "2019-03-02T06:00:00/2019-03-02T12:00:00". It is empty if t has no place.
func EDTF(t stemma.Timex) string {
	f, to := t.When.From, t.When.To
	if t.When.IsZero() {
		return ""
	}
	whole := func(u time.Time) bool { return u.Hour() == 0 && u.Minute() == 0 && u.Second() == 0 }
	switch {
	case t.Grain == "season" && f.Day() == 1 && f.AddDate(0, 3, 0).Equal(to):
		return fmt.Sprintf("%04d-%d", f.Year(), 20+int(f.Month())/3)
	case t.Grain == "quarter" && f.AddDate(0, 3, 0).Equal(to):
		return fmt.Sprintf("%04d-%d", f.Year(), 33+(int(f.Month())-1)/3)
	case t.Grain == "decade" && f.AddDate(10, 0, 0).Equal(to) && f.Year()%10 == 0:
		return fmt.Sprintf("%03dX", f.Year()/10)
	case t.Grain == "century" && f.AddDate(100, 0, 0).Equal(to):
		return fmt.Sprintf("%02dXX", f.Year()/100)
	case whole(f) && f.AddDate(0, 0, 1).Equal(to):
		return f.Format(time.DateOnly)
	case whole(f) && f.Day() == 1 && f.AddDate(0, 1, 0).Equal(to):
		return f.Format("2006-01")
	case whole(f) && f.YearDay() == 1 && f.AddDate(1, 0, 0).Equal(to):
		return f.Format("2006")
	case whole(f) && whole(to):
		return f.Format(time.DateOnly) + "/" + to.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	layout := "2006-01-02T15:04:05"
	if _, off := f.Zone(); off != 0 {
		layout += "Z07:00"
	}
	return f.Format(layout) + "/" + to.Format(layout)
}
