using Google.Protobuf;
using Grpc.Core;

namespace SpotifyCore.Contracts.Login;

/// <summary>A login, and its two calls.</summary>
public static class AccessPointLogin
{
    /// <summary>A login that is not signed yet.</summary>
    /// <param name="name">The account.</param>
    /// <param name="password">Its password, or an app password of it.</param>
    /// <param name="publicKey">The client's key.</param>
    /// <param name="role">What the session is for.</param>
    public static LoginRequest RequestOf(string name, string password, ReadOnlySpan<byte> publicKey, string role) => new()
    {
        Name = name, Password = password, PeerKey = ByteString.CopyFrom(publicKey), Role = role,
    };

    /// <summary>Asks for a challenge, has it signed, and logs in.</summary>
    /// <param name="accessPoint">The access point.</param>
    /// <param name="request">Name, password and public key; challenge and proof are put in.</param>
    /// <param name="prove">Signs a challenge with that key.</param>
    /// <param name="options">Of both calls.</param>
    /// <exception cref="RpcException">Refused, or nobody there.</exception>
    public static async Task<LoginReply> LogInAsync(
        this AccessPoint.AccessPointClient accessPoint, LoginRequest request, Func<byte[], byte[]> prove,
        CallOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(accessPoint);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(prove);
        var challenge = await accessPoint.GetLoginChallengeAsync(new GetLoginChallengeRequest(), options);
        request.Challenge = challenge.Challenge;
        request.Proof = ByteString.CopyFrom(prove(challenge.Challenge.ToByteArray()));
        return await accessPoint.LoginAsync(request, options);
    }
}
