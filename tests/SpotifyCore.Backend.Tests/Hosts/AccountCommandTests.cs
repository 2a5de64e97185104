using System.Buffers.Binary;
using SpotifyCore.Backend.Data;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Hosts;

/// <summary>What an operator does with accounts, beside an access point that runs.</summary>
public sealed class AccountCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Account_EachCommand_DoesWhatItSays()
    {
        await AccessPointProcess.AddAccountAsync(_directory, "librarian", "import");
        await using var host = await AccessPointProcess.StartAsync(_directory, "--listen", "http://127.0.0.1:0");
        Assert.Equal(
            "added ann with listener",
            await RunAsync("correct horse", "add", "Ann", "--role", "listener", "--country", "no"));
        Assert.Equal(210_000u, RoundsOf("ann"));
        Assert.Equal("ann is of SE", await RunAsync(null, "set-country", "ann", "se"));
        Assert.Equal(
            "the address of ann is ann@example.com", await RunAsync(null, "set-email", "ann", "ann@example.com"));
        Assert.Equal("the password of ann is set; its devices have to log in again",
            await RunAsync("battery staple", "set-password", "ann"));
        Assert.Equal("ann is free, and was never anything else", await RunAsync(null, "plan", "ann"));
        Assert.Equal("ann is premium until 9999-12-31", await RunAsync(null, "set-plan", "Ann", "premium", "--until", "9999-12-31"));
        Assert.Equal("ann is premium until 2099-01-31", await RunAsync(null, "set-plan", "Ann", "premium", "--until", "2099-01-31"));
        Assert.Contains(" paid       premium until 2099-02-01 00:00  operator-", await RunAsync(null, "plan", "ann"));
        Assert.StartsWith("ann is premium (given: premium until 2099-02-01 00:00)\n", await RunAsync(null, "plan", "ann"));
        Assert.Equal("ann is free", await RunAsync(null, "set-plan", "ann", "free"));
        Assert.StartsWith("ann is free\n", await RunAsync(null, "plan", "ann"));
        Assert.Equal(
            "added eve with listener, premium",
            await RunAsync("correct horse", "add", "eve", "--role", "listener", "--plan", "premium"));
        Assert.Equal("removed eve", await RunAsync(null, "remove", "eve"));
        Assert.Equal("ann is now anna", await RunAsync(null, "rename", "ann", "anna"));
        var today = DateTimeOffset.UtcNow.ToString("yyyy-MM");
        var list = (await RunAsync(null, "list")).Split('\n');
        Assert.Equal(2, list.Length);
        Assert.StartsWith($"anna       listener         SE  since {today}", list[0], StringComparison.Ordinal);
        Assert.Matches("  [0-9a-f]{32}  0 sessions$", list[0]);
        Assert.StartsWith("librarian  import               since ", list[1], StringComparison.Ordinal);
        Assert.Equal("removed anna", await RunAsync(null, "remove", "anna"));
        Assert.Single((await RunAsync(null, "list")).Split('\n'));
    }

    [Theory]
    [InlineData(1, "There is no account 'bob'.", "remove", "bob")]
    [InlineData(1, "There is no account 'bob'.", "rename", "bob", "rob")]
    [InlineData(1, "There is no account 'bob'.", "set-password", "bob")]
    [InlineData(1, "A name has 1 to 64", "rename", "ann", "a name")]
    [InlineData(2, "--role can't be 'king': it must be listener, import, or both with a comma", "add", "carl", "--role", "king")]
    [InlineData(2, "--role is needed", "add", "carl")]
    [InlineData(2, "--country can't be 'XX': it must be", "add", "carl", "--role", "listener", "--country", "XX")]
    [InlineData(1, "A country is the two letters", "set-country", "ann", "XX")]
    [InlineData(1, "There is no account 'bob'.", "set-country", "bob", "SE")]
    [InlineData(1, "There is no account 'bob'.", "set-email", "bob", "bob@example.com")]
    [InlineData(1, "That is no e-mail address.", "set-email", "ann", "ann")]
    [InlineData(2, "account set-country needs COUNTRY; --help", "set-country", "ann")]
    [InlineData(2, "account needs a command: add, list, plan, remove, rename, set-country, set-email, set-password, set-plan; --help explains them")]
    [InlineData(2, "there is no 'account delete', only add, list, plan, ", "delete", "ann")]
    [InlineData(2, "account remove needs NAME; --help", "remove")]
    [InlineData(2, "account rename needs NEW-NAME; --help", "rename", "ann")]
    [InlineData(2, "account add needs NAME; --help", "add", "--role", "listener")]
    [InlineData(2, "account list has no use for 'ann'; --help", "list", "ann")]
    [InlineData(1, "That is the name of the account 'ann' already.", "rename", "ann", "Ann")]
    [InlineData(2, "there is no option --colour", "list", "--colour", "blue")]
    [InlineData(1, "There is no account 'bob'.", "set-plan", "bob", "premium")]
    [InlineData(1, "There is no account 'bob'.", "plan", "bob")]
    [InlineData(2, "the plan can't be 'gold': it must be free, unlimited or premium", "set-plan", "ann", "gold")]
    [InlineData(2, "the plan can't be '2': it must be free", "set-plan", "ann", "2")]
    [InlineData(2, "--plan can't be 'gold': it must be free", "add", "carl", "--role", "listener", "--plan", "gold")]
    [InlineData(2, "--until can't be 'soon': it must be a day", "set-plan", "ann", "premium", "--until", "soon")]
    [InlineData(2, "--until can't be '2020-01-31': that day is over", "set-plan", "ann", "premium", "--until", "2020-01-31")]
    [InlineData(2, "--until is of a plan that is given", "set-plan", "ann", "free", "--until", "2027-01-31")]
    [InlineData(2, "account set-plan needs PLAN; --help", "set-plan", "ann")]
    public async Task Account_WrongCommand_SaysWhy(int exitCode, string said, params string[] words)
    {
        AccessPointProcess.PutListener(_directory, "ann");

        var run = await AccessPointProcess.RunAsync(
            _directory, "correct horse", ["account", .. words, "--data-directory", _directory["data"]]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(1, "There is no account 'bob'.", "set-password", "bob")]
    [InlineData(1, "There is an account 'ann' already.", "add", "Ann", "--role", "listener")]
    [InlineData(1, "A name has 1 to 64", "add", "a name", "--role", "listener")]
    [InlineData(2, "no password was given", "set-password", "ann")]
    [InlineData(2, "no password was given", "add", "carl", "--role", "listener")]
    public async Task Account_WithoutAPassword_AsksForOneOnlyWhereItIsOfUse(int exitCode, string said, params string[] words)
    {
        AccessPointProcess.PutListener(_directory, "ann");

        var run = await AccessPointProcess.RunAsync(
            _directory, null, ["account", .. words, "--data-directory", _directory["data"]]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("remove", "ann")]
    [InlineData("set-password", "ann")]
    public async Task Account_DirectoryOfNoAccessPoint_IsNotMadeOne(params string[] words)
    {
        var run = await AccessPointProcess.RunAsync(
            _directory, "correct horse", ["account", .. words, "--data-directory", _directory["misspelt"]]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no access point keeps its data in", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory["misspelt"]));
    }

    private uint RoundsOf(string name)
    {
        using var database = new SqliteDatabase(Path.Combine(_directory["data"], BackendServices.DatabaseFile));
        using var connection = database.Open();
        return connection.Query("SELECT password FROM accounts WHERE name = @name", ("@name", name))
            .Single(static row => BinaryPrimitives.ReadUInt32BigEndian(row.GetBlob(0).AsSpan(5)));
    }

    private async Task<string> RunAsync(string? input, params string[] words)
    {
        var run = await AccessPointProcess.RunAsync(
            _directory, input, ["account", .. words, "--data-directory", _directory["data"]]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output.TrimEnd('\n');
    }
}
