namespace LedgerLift.Testing.Tests;

internal enum Ending
{
    Fin,
    Reset,
}
