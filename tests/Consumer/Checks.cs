namespace Consumer;

/// <summary>Counts what holds, and says what does not.</summary>
internal sealed class Checks
{
    private int _passed;
    private int _failed;

    /// <summary>Whether a number is where it should be.</summary>
    public void Near(string what, double expected, double actual, double tolerance) =>
        Holds(what, Math.Abs(expected - actual) <= tolerance, $"{actual}, not {expected} within {tolerance}");

    public void Holds(string what, bool holds, string otherwise)
    {
        _ = holds ? _passed++ : _failed++;
        Console.WriteLine(holds ? $"  holds: {what}" : $"  FAILS: {what}: {otherwise}");
    }

    /// <summary>Prints the counts.</summary>
    /// <returns>The exit code: 0 if all held.</returns>
    public int Close()
    {
        Console.WriteLine($"{_passed} passed, {_failed} failed");
        return _failed == 0 && _passed > 0 ? 0 : 1;
    }
}
