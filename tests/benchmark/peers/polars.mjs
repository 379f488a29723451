// polars.mjs memory|parse|sum|csv|csv6 INPUT [OUTPUT]; as many threads as POLARS_MAX_THREADS says.
import { input, installed, output, run, timed } from "./work.mjs";

const pl = installed("nodejs-polars");
const start_ms = 1_700_000_000_000;

const scan = () => pl.scanCSV(input, { inferSchemaLength: 100, parseDates: true });
const value = pl.col("value");

const results = (readings) =>
  readings
    .filter(value.gtEq(0).and(value.ltEq(100)))
    .withColumns(
      value.div(pl.lit(100)).alias("normalized"),
      value.rollingMean({ windowSize: 20, minPeriods: 1 }).over("sensor_id").alias("rolling_avg"),
    );

const totals = (frame) => {
  const [row] = frame.toRecords();
  return Object.fromEntries(Object.entries(row).map(([name, sum]) => [name, Number(sum)]));
};
const result_totals = (frame) =>
  totals(
    frame.select(
      pl.col("normalized").count().alias("rows"),
      pl.col("normalized").sum(),
      pl.col("rolling_avg").sum(),
    ),
  );

await run({
  // All six columns, as a frame.
  memory: async () => {
    const readings = scan().collectSync();
    return timed(() => result_totals(results(readings.lazy()).collectSync()));
  },
  parse: () => {
    const readings = scan().collectSync();
    const elapsed = pl.col("timestamp").cast(pl.Datetime("ms")).cast(pl.Int64).minus(pl.lit(start_ms));
    return totals(readings.select(value.count().alias("rows"), value.sum(), elapsed.sum().alias("elapsed_ms")));
  },
  sum: () => totals(
    results(scan())
      .select(pl.col("normalized").count().alias("rows"), pl.col("normalized").sum(), pl.col("rolling_avg").sum())
      .collectSync(),
  ),
  csv: () => results(scan()).collectSync().writeCSV(output),
  csv6: () => results(scan()).collectSync().writeCSV(output, { floatPrecision: 6 }),
});
