using Google.Protobuf;
using Grpc.Core;

namespace SpotifyCore.Contracts.Login;

/// <summary>The two calls of a login.</summary>
public static class AccessPointLogin
{
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
