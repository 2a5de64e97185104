using System.CommandLine.Parsing;
using System.Globalization;

namespace SpotifyCore.Cli.Commands;

/// <summary>Whole numbers on the command line.</summary>
internal static class WholeNumbers
{
    /// <summary>Complains about a text that is no whole number in a range.</summary>
    public static void Check(SymbolResult result, int least, int most, string complaint)
    {
        if (result.Tokens is [var typed]
            && !(int.TryParse(typed.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most))
            result.AddError($"'{typed.Value}' {complaint}");
    }
}
