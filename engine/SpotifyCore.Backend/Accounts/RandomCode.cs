using System.Security.Cryptography;
using System.Text;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Codes that are handed to people: 160 bits of chance in 32 letters and digits that are not mistaken for each other, in
/// groups of four. Only their SHA-256 is kept; nobody finds one by trying.
/// </summary>
internal static class RandomCode
{
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 32;
    private const int Group = 4;

    /// <summary>A new one, as it is told.</summary>
    public static string New() => string.Join(
        '-', RandomNumberGenerator.GetString(Letters, Length).Chunk(Group).Select(static group => new string(group)));

    /// <summary>The first group, by which a person tells codes apart; 140 bits stay untold.</summary>
    public static string BeginningOf(string code) => code[..Group];

    /// <summary>
    /// SHA-256 of a code as it was typed: with or without dashes and spaces, in capitals or not, with o for 0 and with i or
    /// l for 1. False when it can't be one.
    /// </summary>
    public static bool TryHash(string typed, out byte[] hash)
    {
        hash = [];
        Span<char> code = stackalloc char[Length];
        var length = 0;
        foreach (var letter in typed)
        {
            if (letter is '-' or ' ')
                continue;
            if (length == Length || !Letters.Contains(code[length++] = Plain(letter), StringComparison.Ordinal))
                return false;
        }

        if (length < Length)
            return false;

        Span<byte> bytes = stackalloc byte[Length];
        Encoding.ASCII.GetBytes(code, bytes);
        hash = SHA256.HashData(bytes);
        return true;
    }

    private static char Plain(char letter) => char.ToLowerInvariant(letter) switch
    {
        'o' => '0',
        'i' or 'l' => '1',
        var other => other,
    };
}
