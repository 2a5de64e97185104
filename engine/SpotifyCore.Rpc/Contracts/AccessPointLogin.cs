using Google.Protobuf;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Channels;

namespace SpotifyCore.Rpc.Contracts;

/// <summary>The two calls of a login.</summary>
public static class AccessPointLogin
{
    /// <summary>Asks for a challenge, has it signed, and logs in.</summary>
    /// <param name="channel">The access point.</param>
    /// <param name="request">Name, password and public key; challenge and proof are put in.</param>
    /// <param name="prove">Signs a challenge with that key.</param>
    /// <param name="options">Of each call.</param>
    /// <exception cref="RpcException">Refused, or nobody there.</exception>
    public static async Task<LoginReply> LogInAsync(
        this RpcChannel channel, LoginRequest request, Func<byte[], byte[]> prove, RpcCallOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(prove);
        var challenge = await channel.UnaryAsync(
            AccessPointMethods.GetLoginChallenge, new GetLoginChallengeRequest(), options);
        request.Challenge = challenge.Challenge;
        request.Proof = ByteString.CopyFrom(prove(challenge.Challenge.ToByteArray()));
        return await channel.UnaryAsync(AccessPointMethods.Login, request, options);
    }
}
