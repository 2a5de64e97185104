using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Hosts;

/// <summary>An access point that lost something says what to restore, and does not start without it.</summary>
public sealed class LostSecretTests : IAsyncLifetime
{
    private static readonly string[] Listen = ["--listen", "http://127.0.0.1:0"];
    private readonly TempDirectory _directory = new();

    private string Data => _directory["data"];

    private string Secret => Path.Combine(Data, "service.secret");

    private string Database => Path.Combine(Data, "service.db");

    public async Task InitializeAsync()
    {
        await AccessPointProcess.AddAccountAsync(_directory, "anna", "listener");
        await using var host = await AccessPointProcess.StartAsync(_directory, Listen);
        Assert.Equal(0, await host.TerminateAsync());
    }

    public Task DisposeAsync()
    {
        _directory.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Start_SecretMissing_SaysWhatToRestore()
    {
        var kept = await File.ReadAllBytesAsync(Secret);
        File.Delete(Secret);

        await RefusesAsync(Secret, "missing", "restore it from a backup");
        Assert.False(File.Exists(Secret));

        await File.WriteAllBytesAsync(Secret, kept);
        File.SetUnixFileMode(Secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await StartsAsync();
    }

    [Fact]
    public async Task Start_AnotherSecret_SaysWhatToRestore()
    {
        await File.WriteAllBytesAsync(Secret, new byte[32]);

        await RefusesAsync(Secret, "not the service secret", "restore that one");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_DatabaseMissingOrEmptyBesideKeys_SaysWhatToRestore(bool isMissing)
    {
        foreach (var file in Directory.GetFiles(Data, "service.db*"))
            File.Delete(file);

        if (!isMissing)
            await File.WriteAllBytesAsync(Database, []);

        await RefusesAsync(Database, isMissing ? "missing" : "empty", "restore the database from a backup");
        var added = await AccessPointProcess.RunAsync(
            _directory, "correct horse", "account", "add", "berta", "--role", "listener", "--data-directory", Data);
        Assert.Equal(1, added.ExitCode);
        await RefusesAsync(Database, "restore the database from a backup");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(6_000)]
    [InlineData(30_000)]
    public async Task Start_DatabaseCut_SaysWhatToRestore(int length)
    {
        using (var file = new FileStream(Database, FileMode.Open))
        {
            Assert.True(file.Length > length);
            file.SetLength(length);
        }

        await RefusesAsync(Database, "damaged", "restore it from a backup");
    }

    [Fact]
    public async Task Start_KilledAtTheFirstStart_StartsAgain()
    {
        using var fresh = new TempDirectory();
        await using (var host = await AccessPointProcess.StartAsync(fresh, Listen))
            await host.KillAsync();

        await using var again = await AccessPointProcess.StartAsync(fresh, Listen);
        Assert.Equal(0, await again.TerminateAsync());
    }

    [Fact]
    public async Task Start_SecondOnTheSameDirectory_IsRefusedAndTheFirstGoesOn()
    {
        await using var first = await AccessPointProcess.StartAsync(_directory, Listen);

        await RefusesAsync(Data, "in use by another process");

        Assert.Equal(0, await first.TerminateAsync());
        await StartsAsync();
    }

    private async Task StartsAsync()
    {
        await using var host = await AccessPointProcess.StartAsync(_directory, Listen);
        Assert.Equal(0, await host.TerminateAsync());
    }

    /// <summary>One line on standard error that holds these words, and exit code 1.</summary>
    private async Task RefusesAsync(params string[] words)
    {
        var run = await AccessPointProcess.RunAsync(_directory, null, [.. Listen, "--data-directory", Data]);

        Assert.True(run.ExitCode == 1, $"{run.ExitCode}: {run.Output} {run.Errors}");
        var line = Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (var word in words)
            Assert.Contains(word, line, StringComparison.Ordinal);
    }
}
