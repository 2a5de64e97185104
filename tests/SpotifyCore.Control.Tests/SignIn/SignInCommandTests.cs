using System.Diagnostics;
using System.Globalization;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Control.Tests.Cli;
using SpotifyCore.Testing.Providers;

namespace SpotifyCore.Control.Tests.SignIn;

/// <summary>Signing in from the command line, through real providers, whose pages a person goes through.</summary>
public abstract class SignInCommandTests<TNetwork>(TNetwork fixture) : IClassFixture<TNetwork>
    where TNetwork : SignInNetwork
{
    [Fact]
    public async Task Login_ThroughAProvider_IsIntoTheAccountThatItsFirstSignInMade()
    {
        var (provider, person) = (fixture.Provider, "flora");
        await using var desktop = await TestDesktop.StartAsync(fixture.Network, "first");

        var unknown = await SignInAsync(desktop, person, "login", "--provider", provider);
        Assert.Equal((1, $"spotifycore: No account here is linked with yours at '{provider}': register, or link one that you have.\n"), unknown.End);
        var made = await SignInAsync(desktop, person, "register", "--provider", provider, "--country", "se");
        Assert.Equal((0, ""), made.End);
        Assert.EndsWith($"Logged in as {person}.\n", made.Output, StringComparison.Ordinal);
        Assert.Contains("country      SE\n", (await RunAsync(desktop, "profile")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(desktop, "logout")).Exit);

        var again = await SignInAsync(desktop, person, "login", "--provider", provider);

        Assert.Equal((0, ""), again.End);
        Assert.EndsWith($"Logged in as {person}.\n", again.Output, StringComparison.Ordinal);
        Assert.Matches($"^{provider}  {person}  linked [0-9-]+  used [0-9-]+ [0-9:]+\n$", (await RunAsync(desktop, "account", "links")).Output);
        Assert.Equal(
            (1, "spotifycore: That is the only way to log in to the account: link another provider first, or ask the operator.\n"),
            (await SignInAsync(desktop, person, "account", "unlink", provider, "--through", provider)).End);
        Assert.Equal(
            (1, "spotifycore: Wrong password.\n"), (await RunAsync(desktop, "account", "unlink", provider)).End);
    }

    [Fact]
    public async Task Link_OfAnAccountWithAPassword_LogsInToItUntilItIsUnlinked()
    {
        fixture.Network.AddListener("linked", TestNetwork.Password);
        await using var desktop = await TestDesktop.StartAsync(fixture.Network, "linked");
        Assert.Equal(
            (1, "spotifycore: Log in first: 'spotifycore login NAME'.\n"),
            (await RunAsync(desktop, "account", "link", fixture.Provider)).End);
        Assert.Equal((0, ""), (await RunAsync(desktop, "login", "linked")).End);
        Assert.Equal($"{fixture.Provider}\nsilent\n", (await RunAsync(desktop, "account", "providers")).Output);
        Assert.Equal("The account is not linked with anybody.\n", (await RunAsync(desktop, "account", "links")).Output);

        var linked = await SignInAsync(desktop, "someone", "account", "link", fixture.Provider);

        Assert.Equal((0, ""), linked.End);
        Assert.EndsWith(
            $"The account linked is linked: 'spotifycore login --provider {fixture.Provider}'.\n", linked.Output, StringComparison.Ordinal);
        await using var other = await TestDesktop.StartAsync(fixture.Network, "linked-other");
        Assert.EndsWith("Logged in as linked.\n", (await SignInAsync(other, "someone", "login", "--provider", fixture.Provider)).Output, StringComparison.Ordinal);

        Assert.Equal(new CliTests.Result(0, "Unlinked; 1 session ended.\n", ""), await RunAsync(desktop, "account", "unlink", fixture.Provider));

        Assert.Equal(1, (await RunAsync(other, "profile")).Exit);
        Assert.Equal(0, (await RunAsync(desktop, "profile")).Exit);
    }

    [Theory]
    [InlineData("nobody", "There is no such provider here; there are: {0}, silent.")]
    [InlineData("silent", "The provider 'silent' does not answer as one does.")]
    public async Task Login_ThroughAProviderThatIsNotThere_SaysSo(string provider, string reason)
    {
        await using var desktop = await TestDesktop.StartAsync(fixture.Network, $"absent-{provider}");

        Assert.Equal(
            new CliTests.Result(1, "", $"spotifycore: {string.Format(CultureInfo.InvariantCulture, reason, fixture.Provider)}\n"), await RunAsync(desktop, "login", "--provider", provider));
    }

    [Fact]
    public async Task Login_WithANameAndAProviderOrNeither_IsMisused()
    {
        await using var desktop = await TestDesktop.StartAsync(fixture.Network, "misused");

        Assert.Equal(2, (await RunAsync(desktop, "login")).Exit);
        Assert.Equal(2, (await RunAsync(desktop, "login", "ann", "--provider", fixture.Provider)).Exit);
        Assert.Equal(2, (await RunAsync(desktop, "register", "--country", "se")).Exit);
    }

    private static Task<CliTests.Result> RunAsync(TestDesktop desktop, params string[] arguments) =>
        CliTests.RunAsync([.. arguments, "--socket", desktop.Socket]);

    // Goes to the address that the command prints, while it waits.
    private async Task<CliTests.Result> SignInAsync(TestDesktop desktop, string person, params string[] arguments)
    {
        fixture.Expect(person);
        var command = Path.Combine(AppContext.BaseDirectory, "spotifycore.dll");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [command, .. arguments, "--socket", desktop.Socket])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DISPLAY"] = "", ["WAYLAND_DISPLAY"] = "", ["SPOTIFYCORE_PASSWORD"] = TestNetwork.Password,
            },
        })!;
        var wrong = process.StandardError.ReadToEndAsync();
        string? line;
        do
            line = await process.StandardOutput.ReadLineAsync();
        while (line is not null && !line.StartsWith("http", StringComparison.Ordinal));

        try
        {
            Assert.True(line is not null, line is null ? await wrong : "");
            Assert.Contains(
                "You may close this page", await Browser.VisitAsync(new Uri(line!), person), StringComparison.Ordinal);
            var rest = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new CliTests.Result(process.ExitCode, rest, await wrong);
        }
        finally
        {
            // Else it waits for a browser.
            process.Kill();
        }
    }
}

public sealed class OpenIddictSignInTests(OpenIddictNetwork network) : SignInCommandTests<OpenIddictNetwork>(network);

[Trait("Length", "long")]
public sealed class NpmSignInTests(NpmNetwork network) : SignInCommandTests<NpmNetwork>(network);
