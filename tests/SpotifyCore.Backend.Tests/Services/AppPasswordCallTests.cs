using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;
using static SpotifyCore.Backend.Tests.Services.OnlineCalls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>A program of others with a password of its own.</summary>
public sealed class AppPasswordCallTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    [Fact]
    public async Task Login_WithAnAppPassword_StreamsUntilItIsRemoved()
    {
        using var owner = await backend.ConnectAsync("ann", peer: 400);
        var made = await owner.UserAccounts().AddAppPasswordAsync(new AddAppPasswordRequest { Name = "radio" });
        using var stranger = backend.Connect();

        var login = await BackendFixture.LoginAsync(stranger, "Ann", made.Password, peer: 401, "listener");

        using var radio = backend.Connect(login.Session);
        using var online = await GoOnlineAsync(radio);
        await radio.AccessPoint().SearchAsync(new SearchRequest { Query = "x" });
        var listed = (await owner.UserAccounts().ListSessionsAsync(new ListSessionsRequest())).Sessions;
        Assert.Equal(["", "radio"], listed.Select(static session => session.AppPassword).Order());

        var removed = await owner.UserAccounts().RemoveAppPasswordAsync(new RemoveAppPasswordRequest { Name = "radio" });

        Assert.Equal(1, removed.Ended);
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(online));
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () =>
            radio.AccessPoint().SearchAsync(new SearchRequest { Query = "x" }).ResponseAsync);
        await CallAssert.FailsAsync(
            StatusCode.Unauthenticated, () => BackendFixture.LoginAsync(stranger, "ann", made.Password, peer: 401));
        await CallAssert.FailsAsync(StatusCode.NotFound, () => owner.UserAccounts()
            .RemoveAppPasswordAsync(new RemoveAppPasswordRequest { Name = "radio" }).ResponseAsync);
    }

    [Fact]
    public async Task Login_AppPasswordOfAnImporter_GivesNoImport()
    {
        using var owner = await backend.ConnectAsync("both", peer: 410);
        var made = await owner.UserAccounts().AddAppPasswordAsync(new AddAppPasswordRequest { Name = "radio" });
        using var stranger = backend.Connect();

        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () =>
            BackendFixture.LoginAsync(stranger, "both", made.Password, peer: 411, "import"));
        var login = await BackendFixture.LoginAsync(stranger, "both", made.Password, peer: 411);

        Assert.Equal(["listener"], login.Roles);
        Assert.True(Protocol.Trust.Ticket.TryRead(login.Ticket.Ticket_.Span, out var ticket));
        Assert.Equal(TicketScope.Fetch | TicketScope.Peers, ticket.Scope);
        using var radio = backend.Connect(login.Session);
        var later = await radio.AccessPoint().RefreshTicketAsync(new RefreshTicketRequest());
        Assert.True(Protocol.Trust.Ticket.TryRead(later.Ticket_.Span, out ticket));
        Assert.Equal(TicketScope.Fetch | TicketScope.Peers, ticket.Scope);
    }

    [Fact]
    public async Task AddAppPassword_NameThatCantBeOrIsUsed_IsRefused()
    {
        using var owner = await backend.ConnectAsync("bob", peer: 420);
        await owner.UserAccounts().AddAppPasswordAsync(new AddAppPasswordRequest { Name = "radio" });

        await CallAssert.FailsAsync(StatusCode.AlreadyExists, () => AddAsync("radio"));
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => AddAsync(""));
        var entry = Assert.Single(
            (await owner.UserAccounts().ListAppPasswordsAsync(new ListAppPasswordsRequest())).Passwords);
        Assert.Equal(("radio", 0), (entry.Name, entry.UsedUnixMs));

        Task AddAsync(string name) =>
            owner.UserAccounts().AddAppPasswordAsync(new AddAppPasswordRequest { Name = name }).ResponseAsync;
    }
}
