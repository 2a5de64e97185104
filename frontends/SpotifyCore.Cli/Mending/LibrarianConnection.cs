using System.CommandLine;
using Grpc.Core;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.CommandLine;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Cli.Mending;

/// <summary>
/// Logs in to the access point for one command, and turns what goes wrong into a line and an exit code. Nothing is tried
/// again: a change whose answer was lost may have been made.
/// </summary>
internal static class LibrarianConnection
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Has a command work on the catalogue.</summary>
    public static void SetLibrarianAction(
        this Command command, Func<ParseResult, CatalogueClient, CancellationToken, Task<int>> action) =>
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, action, cancellationToken));

    /// <summary>What each call takes.</summary>
    public static CallOptions Options(CancellationToken cancellationToken) =>
        new(deadline: EndpointChannel.In(CallTimeout), cancellationToken: cancellationToken);

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Func<ParseResult, CatalogueClient, CancellationToken, Task<int>> action,
        CancellationToken cancellationToken)
    {
        var isLoggedIn = false;
        try
        {
            if (await PasswordInput.ReadAsync(cancellationToken) is not { Length: > 0 } password)
                throw new ListenerException("No password was given.", ExitCodes.Misused);

            using var identity = NodeIdentity.Create();
            await using var session = await LogInAsync(parsed, identity, password, cancellationToken);
            isLoggedIn = true;
            return await action(
                parsed,
                new CatalogueClient(
                    new Librarian.LibrarianClient(session.Channel), new AccessPoint.AccessPointClient(session.Channel)),
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (RpcException failure) when (failure.IsCalledOff())
        {
            return ExitCodes.Interrupted;
        }
        catch (ListenerException refused)
        {
            return Complain(refused.Message, refused.ExitCode);
        }
        catch (RpcException failure) when (failure.IsLocal() || failure.StatusCode == StatusCode.DeadlineExceeded)
        {
            var doubt = isLoggedIn ? " Whether a change was made, 'catalogue log' tells." : "";
            return Complain(
                $"The access point at {parsed.GetValue(AccessPointOptions.Url)} does not answer: {failure.Reason()}{doubt}",
                ExitCodes.Failed);
        }
        catch (Exception failure) when (failure is RpcException or ArgumentException)
        {
            return Complain(CallFailure.ReasonOf(failure), ExitCodes.Failed);
        }
    }

    private static Task<LoginSession> LogInAsync(
        ParseResult parsed, NodeIdentity identity, string password, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(AccessPointOptions.Name)!;
        var server = new EndpointChannelOptions
        {
            Address = parsed.GetValue(AccessPointOptions.Url)!, ServerId = AccessPointOptions.ReadServerId(parsed),
        };
        var request = AccessPointLogin.RequestOf(name, password, identity.ExportPublicKey(), LoginRoles.Import);
        return LoginSession.OpenAsync(
            server, request, challenge => KeyProof.Sign(identity, challenge, name), Options(cancellationToken));
    }

    private static int Complain(string reason, int exitCode)
    {
        Console.Error.WriteLine($"spotifycore: {reason}");
        return exitCode;
    }
}
