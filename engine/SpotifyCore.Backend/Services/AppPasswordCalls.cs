using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>The app passwords of an account.</summary>
internal sealed class AppPasswordCalls(AppPasswordStore passwords, PeerDirectory peers)
{
    public Task<NewAppPassword> AddAsync(AddAppPasswordRequest request, ServerCallContext call)
    {
        try
        {
            return passwords.Add(CallerGate.SessionOf(call).Account, request.Name) is { } code
                ? Task.FromResult(new NewAppPassword { Password = code })
                : throw CallFailure.Of(
                    StatusCode.AlreadyExists, "The account has an app password of that name: remove it first.");
        }
        catch (AccountException wrong)
        {
            throw CallFailure.Of(StatusCode.InvalidArgument, wrong.Message);
        }
    }

    public Task<AppPasswordList> ListAsync(ServerCallContext call)
    {
        var list = new AppPasswordList();
        list.Passwords.AddRange(passwords.List(CallerGate.SessionOf(call).Account).Select(static one =>
            new AppPasswordEntry { Name = one.Name, CreatedUnixMs = one.Created, UsedUnixMs = one.Used }));
        return Task.FromResult(list);
    }

    public Task<RemoveAppPasswordReply> RemoveAsync(RemoveAppPasswordRequest request, ServerCallContext call)
    {
        var ended = passwords.Remove(CallerGate.SessionOf(call).Account, request.Name)
            ?? throw CallFailure.Of(StatusCode.NotFound, "The account has no app password of that name.");
        foreach (var session in ended)
            peers.End(session);

        return Task.FromResult(new RemoveAppPasswordReply { Ended = ended.Count });
    }
}
