# gawk -v work=sum|csv|csv6 -f work.awk INPUT: the sums as JSON, or the rows on standard output.
BEGIN {
  FS = OFS = ","
  if (work != "sum") print "sensor_id,timestamp,value,unit,normalized,rolling_avg"
  format = work == "csv6" ? "%s,%s,%.6f,%s,%.6f,%.6f\n" : "%s,%s,%.17g,%s,%.17g,%.17g\n"
}
FNR > 1 && $3 >= 0 && $3 <= 100 {
  n = count[$1]++
  place = $1 SUBSEP n % 20
  total[$1] += $3 - last[place]
  last[place] = $3
  mean = total[$1] / (n < 20 ? n + 1 : 20)
  if (work == "sum") {
    rows++
    normalized += $3 / 100
    rolling_avg += mean
  } else {
    printf format, $1, $2, $3, $4, $3 / 100, mean
  }
}
END {
  if (work == "sum") printf "{\"rows\": %d, \"normalized\": %.17g, \"rolling_avg\": %.17g}\n", rows, normalized, rolling_avg
}
