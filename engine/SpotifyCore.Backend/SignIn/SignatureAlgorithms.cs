using Microsoft.IdentityModel.Tokens;

namespace SpotifyCore.Backend.SignIn;

/// <summary>
/// How id tokens may be signed: by what needs no secret to be checked, as who could check others could make them.
/// </summary>
internal static class SignatureAlgorithms
{
    /// <summary>All, as tokens name them.</summary>
    public static readonly string[] Allowed =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Whether tokens may be checked by a key.</summary>
    public static bool IsFor(SecurityKey key) => Array.Exists(Allowed, key.IsSupportedAlgorithm);
}
