// duckdb.mjs memory|parse|sum|csv|csv6 INPUT [OUTPUT]; as many threads as DUCKDB_THREADS says.
import { input, installed, output, run, timed } from "./work.mjs";

const { DuckDBInstance } = installed("@duckdb/node-api");
const database = await DuckDBInstance.create(":memory:", { threads: process.env.DUCKDB_THREADS ?? "1" });
const connection = await database.connect();

const columns = "{sensor_id: 'VARCHAR', timestamp: 'TIMESTAMP', value: 'DOUBLE', unit: 'VARCHAR'}";
const csv = `read_csv('${input}', header = true, columns = ${columns})`;

const results = (readings) => `
  select *, value / 100 as normalized,
         avg(value) over (partition by sensor_id order by timestamp rows 19 preceding) as rolling_avg
  from ${readings} where value between 0 and 100`;
const sums = (table) => `select count(*) as rows, sum(normalized) as normalized, sum(rolling_avg) as rolling_avg from ${table}`;

async function totals(query) {
  const [row] = (await connection.runAndReadAll(query)).getRowObjects();
  return Object.fromEntries(Object.entries(row).map(([name, sum]) => [name, Number(sum)]));
}

await run({
  // All six columns, as a table.
  memory: async () => {
    await connection.run(`create table readings as from ${csv}`);
    return timed(async () => {
      await connection.run(`create temp table results as ${results("readings")}`);
      return totals(sums("results"));
    });
  },
  parse: async () => {
    await connection.run(`create table readings as from ${csv}`);
    return totals(
      `select count(*) as rows, sum(value) as value, sum(epoch_ms(timestamp) - 1700000000000) as elapsed_ms from readings`,
    );
  },
  sum: () => totals(sums(`(${results(csv)})`)),
  csv: async () => void (await connection.run(`copy (${results(csv)}) to '${output}' (header true)`)),
  csv6: async () =>
    void (await connection.run(`
      copy (select sensor_id, timestamp, printf('%.6f', value) as value, unit, printf('%.6f', normalized) as normalized,
                   printf('%.6f', rolling_avg) as rolling_avg from (${results(csv)})) to '${output}' (header true)`)),
});
