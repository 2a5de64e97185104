using System.Globalization;

namespace SpotifyCore.Harness.Commands;

/// <summary>Reads <c>--name value</c> pairs.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _values = [];

    public CommandLine(ReadOnlySpan<string> args)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
                throw new FormatException($"'{args[i]}' is no option with a value.");

            _values[args[i][2..]] = args[i + 1];
        }
    }

    public double Number(string name, double assumed) => _values.Remove(name, out var text)
        ? double.Parse(text, CultureInfo.InvariantCulture)
        : assumed;

    /// <summary>One number, or the first and the last of a range.</summary>
    public (ulong First, ulong Last) Range(string name, ulong assumed)
    {
        if (!_values.Remove(name, out var text))
            return (assumed, assumed);

        var parts = text.Split('-');
        var first = ulong.Parse(parts[0], CultureInfo.InvariantCulture);
        return (first, parts.Length > 1 ? ulong.Parse(parts[1], CultureInfo.InvariantCulture) : first);
    }

    /// <exception cref="FormatException">Something was given that nobody asked for.</exception>
    public void RefuseRest()
    {
        foreach (var name in _values.Keys)
            throw new FormatException($"There is no option --{name}.");
    }
}
