using System.Text.Json;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary>Accounts from the command line: made, invited, shown, and logged out elsewhere.</summary>
[Collection(CommandGroup.Name)]
public sealed class AccountCommandTests(TestNetwork network)
{
    [Fact]
    public async Task Register_ByAnInvitation_GivesAnAccountThatCanListen()
    {
        network.SetRegistration(RegistrationMode.Invitation);
        network.AddListener("giver", TestNetwork.Password);
        await using var desktop = await TestDesktop.StartAsync(network, "register");
        Task<CliTests.Result> Run(params string[] arguments) =>
            CliTests.RunAsync([.. arguments, "--socket", desktop.Socket]);

        Assert.Equal(
            new CliTests.Result(1, "", "spotifycore: Registration in SE is by invitation: a code is needed.\n"),
            await Run("register", "guest", "--country", "se"));
        Assert.Equal(new CliTests.Result(1, "", "spotifycore: Log in first: 'spotifycore login NAME'.\n"), await Run("invite"));
        Assert.Equal((0, ""), (await Run("login", "giver")).End);
        Assert.Equal(new CliTests.Result(0, "No invitations were given.\n", ""), await Run("invite", "--list"));
        var code = (await Run("invite")).Output.Split('\n')[0];
        Assert.Equal(
            new CliTests.Result(0, "There is an account guest now: 'spotifycore login guest'.\n", ""),
            await Run("register", "Guest", "--country", "se", "--email", "guest@example.com", "--invitation", code));

        Assert.Matches($"^{code[..4]}\\.\\.\\.  given [0-9-]+  taken [0-9-]+ by guest\n$", (await Run("invite", "--list")).Output);
        Assert.Equal("guest", Json(await Run("invite", "--list", "--json")).GetProperty("taken_by").GetString());
        Assert.Equal(
            new CliTests.Result(1, "", "spotifycore: The name 'giver' is taken.\n"),
            await Run("register", "giver", "--country", "se", "--invitation", Json(await Run("invite", "--json")).GetProperty("code").GetString()!));
        Assert.Equal((0, ""), (await Run("login", "guest")).End);
        var profile = Json(await Run("profile", "--json"));
        Assert.Equal(
            ("guest", "SE", "guest@example.com", 3),
            (profile.GetProperty("account").GetString(), profile.GetProperty("country").GetString(),
                profile.GetProperty("email").GetString(), profile.GetProperty("invitations").GetInt32()));
    }

    [Fact]
    public async Task Profile_Changed_IsShown()
    {
        network.AddListener("shown", TestNetwork.Password);
        await using var desktop = await TestDesktop.StartAsync(network, "profile");
        Task<CliTests.Result> Run(params string[] arguments) =>
            CliTests.RunAsync([.. arguments, "--socket", desktop.Socket]);
        Assert.Equal((0, ""), (await Run("login", "shown")).End);

        Assert.Contains("shown as     shown\n", (await Run("profile")).Output, StringComparison.Ordinal);
        Assert.Contains("shown as     Änn\n", (await Run("profile", "--display-name", "Änn")).Output, StringComparison.Ordinal);
        Assert.Contains("shown as     Änn\n", (await Run("profile")).Output, StringComparison.Ordinal);
        Assert.Contains("shown as     shown\n", (await Run("profile", "--display-name", "")).Output, StringComparison.Ordinal);
        Assert.Equal(
            new CliTests.Result(1, "", "spotifycore: A display name has at most 64 characters.\n"),
            await Run("profile", "--display-name", new string('x', 65)));
    }

    [Fact]
    public async Task Account_WhereNoMailIsSent_SaysSo()
    {
        network.AddListener("unmailed", TestNetwork.Password);
        await using var desktop = await TestDesktop.StartAsync(network, "unmailed");
        Task<CliTests.Result> Run(params string[] arguments) =>
            CliTests.RunAsync([.. arguments, "--socket", desktop.Socket]);
        var none = new CliTests.Result(1, "", "spotifycore: The access point sends no mail: ask its operator.\n");
        var unusable = new CliTests.Result(
            1, "", "spotifycore: There is no such code, or it was used, or has expired.\n");

        Assert.Equal(none, await Run("account", "forgot", "unmailed"));
        Assert.Equal(unusable, await Run("account", "reset", new string('a', 32)));
        Assert.Equal(unusable, await Run("account", "verify", "please"));
        Assert.Equal((0, ""), (await Run("login", "unmailed")).End);
        Assert.Equal(none, await Run("account", "verify"));
    }

    [Fact]
    public async Task Account_PasswordAndEmail_AreChangedByWhoKnowsThePassword()
    {
        const string Next = "SPOTIFYCORE_NEW_PASSWORD='battery staple' \"$@\"";
        const string Guessing = "SPOTIFYCORE_PASSWORD='a guess' \"$@\"";
        network.AddListener("changing", TestNetwork.Password);
        await using var here = await TestDesktop.StartAsync(network, "changing");
        await using var there = await TestDesktop.StartAsync(network, "changed");
        string[] socket = ["--socket", here.Socket];
        Assert.Equal((0, ""), (await CliTests.RunAsync("login", "changing", "--socket", there.Socket)).End);
        Assert.Equal(
            (1, "spotifycore: Log in first: 'spotifycore login NAME'.\n"),
            (await CliTests.RunInShellAsync(Next, ["account", "password", .. socket])).End);
        Assert.Equal((0, ""), (await CliTests.RunAsync(["login", "changing", .. socket])).End);
        var wrong = new CliTests.Result(1, "", "spotifycore: Wrong password.\n");

        Assert.Equal(wrong, await CliTests.RunInShellAsync(Guessing, ["account", "email", "c@example.com", .. socket]));
        Assert.Equal(
            new CliTests.Result(0, "The address is c@example.com; it is not verified.\n", ""),
            await CliTests.RunAsync(["account", "email", "c@example.com", .. socket]));
        Assert.Equal(
            new CliTests.Result(1, "", "spotifycore: That is the account's address already.\n"),
            await CliTests.RunAsync(["account", "email", "c@example.com", .. socket]));
        Assert.Contains("e-mail       c@example.com (not verified)\n", (await CliTests.RunAsync(["profile", .. socket])).Output);

        Assert.Equal(wrong, await CliTests.RunInShellAsync(
            $"SPOTIFYCORE_NEW_PASSWORD=longenough {Guessing}", ["account", "password", .. socket]));
        Assert.Equal(
            new CliTests.Result(0, "The password is set; 1 other session ended.\n", ""),
            await CliTests.RunInShellAsync(Next, ["account", "password", .. socket]));

        Assert.Equal(0, (await CliTests.RunAsync(["profile", .. socket])).Exit);
        Assert.Equal(1, (await CliTests.RunAsync("profile", "--socket", there.Socket)).Exit);
        Assert.Equal(1, (await CliTests.RunAsync(["login", "changing", .. socket])).Exit);
    }

    [Fact]
    public async Task Sessions_OfTwoDevices_AreListedAndOneLogsTheOtherOut()
    {
        network.AddListener("twice", TestNetwork.Password);
        await using var here = await TestDesktop.StartAsync(network, "here");
        await using var there = await TestDesktop.StartAsync(network, "there");
        Task<CliTests.Result> Run(params string[] arguments) =>
            CliTests.RunAsync([.. arguments, "--socket", here.Socket]);
        Assert.Equal((0, ""), (await CliTests.RunAsync("login", "twice", "--socket", there.Socket)).End);
        Assert.Equal((0, ""), (await Run("login", "twice")).End);

        var listed = (await Run("sessions")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, listed.Length);
        Assert.Single(listed, static line => line.EndsWith(" from 127.0.0.1  (this device)", StringComparison.Ordinal));
        var other = (await Run("sessions", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement)
            .Single(static session => !session.GetProperty("current").GetBoolean());
        Assert.Equal(Environment.MachineName, other.GetProperty("device").GetString());

        Assert.Equal(
            new CliTests.Result(1, "", "spotifycore: No session is of a client whose id begins with 'xyz'.\n"),
            await Run("sessions", "end", "xyz"));
        Assert.Equal(2, (await Run("sessions", "end")).Exit);
        Assert.Equal(2, (await Run("sessions", "end", "xyz", "--others")).Exit);
        Assert.Equal(
            new CliTests.Result(0, "1 session ended.\n", ""),
            await Run("sessions", "end", other.GetProperty("client").GetString()![..12]));

        await Eventually.TrueAsync(
            async () => (await CliTests.RunAsync("status", "--json", "--socket", there.Socket)).Output
                .Contains("\"ended_account\":\"twice\"", StringComparison.Ordinal),
            "the other device is logged out");
        Assert.Equal(new CliTests.Result(0, "There are no others.\n", ""), await Run("sessions", "end", "--others"));
    }

    [Fact]
    public async Task AppPassword_LoggedInWith_ListensAndIsEndedByItself()
    {
        network.AddListener("owner", TestNetwork.Password);
        var tune = await network.Press.MakeAsync("Heard by another", 30, seed: 1_170);
        await using var here = await TestDesktop.StartAsync(network, "owner");
        await using var there = await TestDesktop.StartAsync(network, "radio");
        Task<CliTests.Result> Run(params string[] arguments) =>
            CliTests.RunAsync([.. arguments, "--socket", here.Socket]);
        Task<CliTests.Result> RunThere(params string[] arguments) =>
            CliTests.RunAsync([.. arguments, "--socket", there.Socket]);
        Assert.Equal((0, ""), (await Run("login", "owner")).End);
        Assert.Equal(new CliTests.Result(0, "There are no app passwords.\n", ""), await Run("app-password", "list"));
        var password = (await Run("app-password", "add", "radio")).Output.Split('\n')[0];
        using (var channel = new EndpointChannel(new EndpointChannelOptions { Address = $"unix:{there.Socket}" }))
        {
            await new Desktop.DesktopClient(channel).LoginAsync(
                new DesktopLoginRequest { Name = "owner", Password = password });
        }

        Assert.Equal((0, ""), (await RunThere("play", tune.Id.ToString())).End);
        Assert.Equal(
            new CliTests.Result(
                1, "", "spotifycore: An app password is for listening alone: log in with the account's own.\n"),
            await RunThere("invite"));
        Assert.Contains(" (radio)  logged in ", (await Run("sessions")).Output, StringComparison.Ordinal);
        Assert.StartsWith("radio  made ", (await Run("app-password", "list")).Output, StringComparison.Ordinal);
        Assert.True(Json(await Run("app-password", "list", "--json")).GetProperty("used_unix_ms").GetInt64() > 0);

        Assert.Equal(
            new CliTests.Result(0, "Removed; 1 session ended.\n", ""), await Run("app-password", "remove", "radio"));

        await Eventually.TrueAsync(
            async () => (await RunThere("status", "--json")).Output
                .Contains("\"ended_account\":\"owner\"", StringComparison.Ordinal),
            "the program is logged out");
        Assert.Equal(
            new CliTests.Result(1, "", "spotifycore: The account has no app password of that name.\n"),
            await Run("app-password", "remove", "radio"));
    }

    private static JsonElement Json(CliTests.Result run)
    {
        Assert.True(run.Exit == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
