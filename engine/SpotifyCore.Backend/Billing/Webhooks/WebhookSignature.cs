using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SpotifyCore.Backend.Billing.Webhooks;

/// <summary>
/// The header by which a provider proves that it has sent a body lately:
/// <c>t=UNIX-SECONDS,v1=HEX</c>, where v1 is HMAC-SHA-256 of the seconds as they stand there, a full stop, and the body. Of
/// several v1 one has to be right, as a provider sends two while it changes its secret; other parts are passed over.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>How far the provider's clock may be from this one; what is older was kept by somebody to be sent again.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int MaxHeaderLength = 1_024;
    private const int MaxSignatures = 8;

    /// <summary>Whether a body was signed with one of the secrets, and lately.</summary>
    public static bool IsGood(string header, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        if (header.Length > MaxHeaderLength)
            return false;

        var parts = header.Split(',', StringSplitOptions.TrimEntries);
        string[] times = [.. PartsOf(parts, "t=")];
        if (times is not [var time]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs((decimal)seconds - now.ToUnixTimeSeconds()) > (decimal)Tolerance.TotalSeconds)
            return false;

        string[] signatures = [.. PartsOf(parts, "v1=").Take(MaxSignatures)];
        var isGood = false;
        foreach (var secret in secrets)
        {
            var right = Sign(secret, time, body);
            foreach (var signature in signatures)
                isGood |= IsSame(signature, right);
        }

        return isGood;
    }

    private static IEnumerable<string> PartsOf(string[] parts, string name) => parts
        .Where(part => part.StartsWith(name, StringComparison.Ordinal)).Select(part => part[name.Length..]);

    private static byte[] Sign(string secret, string time, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static bool IsSame(string signature, byte[] right)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        return signature.Length == 2 * SHA256.HashSizeInBytes
            && Convert.FromHexString(signature, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, right);
    }
}
