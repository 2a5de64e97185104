using System.Globalization;
using SpotifyCore.Cli.Commands;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Content.Names;

namespace SpotifyCore.Cli.Finding;

/// <summary>Finds out which of several things somebody means.</summary>
/// <param name="input">Where the answer is typed.</param>
/// <param name="output">Where the list is shown.</param>
/// <param name="isInteractive">False where nobody can answer.</param>
internal sealed class Chooser(TextReader input, TextWriter output, bool isInteractive)
{
    private const int MostShown = 20;

    /// <summary>The number that was given beforehand; 0 for none.</summary>
    public int Chosen { get; init; }

    /// <summary>The one that is meant: the only one, the only one of just that name, or the one that is picked.</summary>
    /// <exception cref="ListenerException">Nothing was picked.</exception>
    public Candidate Choose(string typed, IReadOnlyList<Candidate> candidates)
    {
        if (Chosen > candidates.Count)
            throw new ListenerException($"There are {candidates.Count} in the list, not {Chosen}.", ExitCodes.Misused);
        if (Chosen > 0)
            return candidates[Chosen - 1];
        if (candidates.Count == 1)
            return candidates[0];

        var exact = candidates.Where(candidate => NameMatch.AreAlike(candidate.Name, typed)).Take(2).ToArray();
        return exact.Length == 1 ? exact[0] : Ask(typed, [.. candidates.Take(MostShown)], candidates.Count);
    }

    private Candidate Ask(string typed, Candidate[] shown, int count)
    {
        for (var i = 0; i < shown.Length; i++)
            output.WriteLine($"{i + 1,4}  {shown[i].Line}");

        if (!isInteractive)
        {
            throw new ListenerException(
                $"'{typed}' can mean {count} things; add --choose NUMBER or more words", ExitCodes.Ambiguous);
        }

        while (true)
        {
            output.Write($"Which one? 1 to {shown.Length}, Enter for none: ");
            var line = input.ReadLine()?.Trim();
            if (string.IsNullOrEmpty(line))
                throw new ListenerException("Nothing was chosen.", ExitCodes.Ambiguous);
            if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= 1 && number <= shown.Length)
                return shown[number - 1];

            output.WriteLine($"'{line}' is none of them.");
        }
    }
}
