namespace SpotifyCore.Core.Placement;

/// <summary>
/// A natural logarithm of additions, multiplications and divisions only: IEEE 754 fixes those to the last bit, while
/// <see cref="Math.Log(double)"/> is the platform's and may round differently elsewhere, so that two machines would
/// disagree about an owner.
/// </summary>
internal static class PortableLog
{
    private const double Ln2 = 0.69314718055994530942;
    private const double Sqrt2 = 1.41421356237309504880;
    private const int Terms = 12;

    /// <summary>The logarithm's negative of a number in (0, 1).</summary>
    public static double Negative(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | (1023L << 52));
        if (mantissa > Sqrt2)
        {
            mantissa /= 2;
            exponent++;
        }

        // ln m = 2 atanh((m - 1) / (m + 1)); |z| stays under 0.172, so 12 terms reach the last bit.
        var z = (mantissa - 1) / (mantissa + 1);
        var square = z * z;
        var sum = 0.0;
        for (var i = Terms - 1; i >= 0; i--)
            sum = (sum * square) + (1.0 / ((2 * i) + 1));

        return -((exponent * Ln2) + (2 * z * sum));
    }
}
