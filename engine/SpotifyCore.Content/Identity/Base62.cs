namespace SpotifyCore.Content.Identity;

/// <summary>128-bit numbers as 22 digits of base62 (0-9, a-z, A-Z), most significant first.</summary>
internal static class Base62
{
    public const int Length = 22;

    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static string Encode(UInt128 value) => string.Create(Length, value, static (text, rest) =>
    {
        for (var i = Length - 1; i >= 0; i--)
        {
            (rest, var digit) = UInt128.DivRem(rest, 62);
            text[i] = Digits[(int)digit];
        }
    });

    public static bool TryDecode(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = 0;
        if (text.Length != Length)
            return false;

        foreach (var character in text)
        {
            var digit = DigitOf(character);
            if (digit < 0 || value > (UInt128.MaxValue - (UInt128)digit) / 62)
                return false;

            value = (value * 62) + (UInt128)digit;
        }

        return true;
    }

    private static int DigitOf(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'z' => character - 'a' + 10,
        >= 'A' and <= 'Z' => character - 'A' + 36,
        _ => -1,
    };
}
