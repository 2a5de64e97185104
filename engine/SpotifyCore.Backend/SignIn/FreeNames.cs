using System.Globalization;
using SpotifyCore.Backend.Accounts;

namespace SpotifyCore.Backend.SignIn;

/// <summary>Names for those who choose none.</summary>
internal static class FreeNames
{
    private const string Plain = "listener";
    private const int MaxLength = 32;

    /// <summary>A name that nobody has, made of a preferred one as far as that can be.</summary>
    /// <param name="preferred">What the provider says; anything.</param>
    /// <param name="isTaken">Whether somebody has a name.</param>
    public static string After(string preferred, Predicate<string> isTaken)
    {
        // Not '@': a name that looks like an address would be taken for its owner's.
        var beginning = preferred.Split('@')[0];
        var kept = string.Concat(AccountRules.Normalize(beginning)
            .Where(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_').Take(MaxLength));
        if (kept.Length == 0)
            kept = Plain;

        // Each try has twice as many to choose from as the one before.
        var name = kept;
        for (var among = 8L; isTaken(name); among *= 2)
            name = string.Create(CultureInfo.InvariantCulture, $"{kept}{Random.Shared.NextInt64(2, 2 + among)}");

        return name;
    }
}
