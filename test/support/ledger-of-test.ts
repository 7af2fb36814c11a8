/** The ledger that the commands of the test that goes on use; null: a file in their folder. */
let address: string | null = null;

/** Address of a database that is the ledger of this test's commands; null: a file in their folder is. */
export function ledgerOfTest(): string | null {
  return address;
}

/** From here on, commands of tests use this one. */
export function useLedger(named: string | null): void {
  address = named;
}
