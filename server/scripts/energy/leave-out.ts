/** Predictions for what was not seen: each family by constants fitted to all the others. */

export interface Prediction<Row> {
  readonly row: Row;
  readonly predicted: number;
}

export function leaveFamiliesOut<Row extends { readonly family: string }, Fitted>(
  rows: readonly Row[], fit: (rows: readonly Row[]) => Fitted, predict: (fitted: Fitted, row: Row) => number,
): readonly Prediction<Row>[] {
  return [...new Set(rows.map(row => row.family))].flatMap(family => {
    const fitted = fit(rows.filter(row => row.family !== family));
    return rows.filter(row => row.family === family).map(row => ({ row, predicted: predict(fitted, row) }));
  });
}
