#!/usr/bin/env bash
# miller.sh sum|csv|csv6 INPUT: the sums as JSON, or the rows on standard output.
set -euo pipefail
work=(filter '$value >= 0 && $value <= 100' then put '$normalized = $value / 100'
  then step -a slwin_19_0 -f value -g sensor_id then rename value_19_0,rolling_avg)
six_decimals='$value = fmtnum($value, "%.6f"); $normalized = fmtnum($normalized, "%.6f"); $rolling_avg = fmtnum($rolling_avg, "%.6f")'
case $1 in
  sum) mlr --icsv --ojsonl "${work[@]}" then stats1 -a count,sum -f normalized,rolling_avg \
    then rename normalized_count,rows,normalized_sum,normalized,rolling_avg_sum,rolling_avg "$2" ;;
  csv) mlr --csv "${work[@]}" "$2" ;;
  csv6) mlr --csv "${work[@]}" then put "$six_decimals" "$2" ;;
esac
