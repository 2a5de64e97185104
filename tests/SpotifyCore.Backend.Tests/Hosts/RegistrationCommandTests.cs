using Grpc.Core;
using SpotifyCore.Backend.Tests.Services;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Hosts;

/// <summary>Who may register, as an operator says it beside an access point that runs.</summary>
public sealed class RegistrationCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Registration_OpenedAndClosedWhileItRuns_CountsFromTheNextCall()
    {
        await using var host = await AccessPointProcess.StartAsync(_directory, "--listen", "http://127.0.0.1:0");
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = host.Address });
        Assert.Equal("elsewhere  closed", await RunAsync("registration"));
        await RefusedAsync("ann");

        Assert.Equal("elsewhere  open", await RunAsync("registration", "open"));
        await RegisterAsync("ann");
        Assert.Equal(
            "elsewhere  open\nSE         invitation", await RunAsync("registration", "invitation", "--country", "se"));
        await RefusedAsync("bob");
        var code = (await RunAsync("invitation", "make")).Split('\n')[0];
        Assert.StartsWith($"{code[..4]}...  open until ", await RunAsync("invitation", "list"), StringComparison.Ordinal);
        await RegisterAsync("bob", code);
        Assert.EndsWith(" by bob", await RunAsync("invitation", "list"), StringComparison.Ordinal);
        Assert.Equal("elsewhere  open", await RunAsync("registration", "default", "--country", "SE"));
        await RegisterAsync("cid");

        async Task RegisterAsync(string name, string invitation = "") => await channel.UserAccounts().RegisterAsync(
            new RegisterRequest { Name = name, Password = "correct horse", Country = "SE", Invitation = invitation });

        Task<string> RefusedAsync(string name) =>
            CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => RegisterAsync(name));
    }

    [Theory]
    [InlineData("there is no 'registration shut', only open, invitation, closed, default", "registration", "shut")]
    [InlineData("registration open has no use for 'SE'", "registration", "open", "SE")]
    [InlineData("registration default needs --country", "registration", "default")]
    [InlineData("--country can't be 'XX'", "registration", "open", "--country", "XX")]
    [InlineData("invitation needs a command: make, list", "invitation")]
    [InlineData("there is no 'invitation take', only make, list", "invitation", "take")]
    public async Task Command_WrongWords_SaysWhyAndChangesNothing(string said, params string[] words)
    {
        AccessPointProcess.PutListener(_directory, "ann");

        var run = await AccessPointProcess.RunAsync(
            _directory, null, [.. words, "--data-directory", _directory["data"]]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        Assert.Equal("elsewhere  closed", await RunAsync("registration"));
    }

    private async Task<string> RunAsync(params string[] words)
    {
        var run = await AccessPointProcess.RunAsync(
            _directory, null, [.. words, "--data-directory", _directory["data"]]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output.TrimEnd('\n');
    }
}
