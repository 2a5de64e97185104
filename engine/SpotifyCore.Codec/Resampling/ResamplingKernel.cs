using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpotifyCore.Codec.Resampling;

/// <summary>
/// Sums of products in one fixed order, whatever the width of the processor's vectors: sixteen sums side by side, which
/// are added in pairs at the end. No multiplication is fused with an addition.
/// </summary>
internal static class ResamplingKernel
{
    /// <summary>Coefficients come in multiples of this; a vector never ends beyond them.</summary>
    public const int Lanes = 16;

    private const int Half = Lanes / 2;

    /// <summary>Of as many samples as there are coefficients.</summary>
    public static float Sum(ReadOnlySpan<float> row, ReadOnlySpan<float> samples)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples.Length, row.Length);
        ref var factors = ref MemoryMarshal.GetReference(row);
        ref var values = ref MemoryMarshal.GetReference(samples);
        Vector256<float> low = default, high = default;
        for (nuint i = 0; i < (nuint)row.Length; i += Lanes)
        {
            low += Load(ref factors, i) * Load(ref values, i);
            high += Load(ref factors, i + Half) * Load(ref values, i + Half);
        }

        return Fold(low + high);
    }

    /// <summary>Of two channels at once.</summary>
    public static (float Left, float Right) Sum(
        ReadOnlySpan<float> row, ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(left.Length, row.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, row.Length);
        ref var factors = ref MemoryMarshal.GetReference(row);
        ref var lefts = ref MemoryMarshal.GetReference(left);
        ref var rights = ref MemoryMarshal.GetReference(right);
        Vector256<float> leftLow = default, leftHigh = default, rightLow = default, rightHigh = default;
        for (nuint i = 0; i < (nuint)row.Length; i += Lanes)
        {
            var (low, high) = (Load(ref factors, i), Load(ref factors, i + Half));
            leftLow += low * Load(ref lefts, i);
            rightLow += low * Load(ref rights, i);
            leftHigh += high * Load(ref lefts, i + Half);
            rightHigh += high * Load(ref rights, i + Half);
        }

        return (Fold(leftLow + leftHigh), Fold(rightLow + rightHigh));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float first, nuint at) => Vector256.LoadUnsafe(ref first, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fold(Vector256<float> eight)
    {
        var four = eight.GetLower() + eight.GetUpper();
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two[0] + two[1];
    }
}
