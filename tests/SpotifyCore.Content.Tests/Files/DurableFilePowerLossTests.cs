using SpotifyCore.Content.Files;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Power;

namespace SpotifyCore.Content.Tests.Files;

/// <summary>
/// The power goes while files are written, at every moment there is: each is whole, the old one or the new.
/// </summary>
public sealed class DurableFilePowerLossTests
{
    private static readonly string[] Texts = ["the first", "the second, which is longer", "third"];

    [Fact]
    public Task Replace_Bytes_SurvivesOnceItReturned() => RunAsync(static scenario =>
    {
        foreach (var text in Texts)
        {
            DurableFile.Replace(Path.Combine(scenario.Root, "file"), System.Text.Encoding.ASCII.GetBytes(text));
            scenario.Acknowledge(text);
        }

        return Task.CompletedTask;
    });

    [Fact]
    public Task Replace_ThroughAWriter_SurvivesOnceItReturned() => RunAsync(static scenario =>
    {
        foreach (var text in Texts)
        {
            DurableFile.Replace(Path.Combine(scenario.Root, "file"), text, static (file, text) =>
                file.Write(System.Text.Encoding.ASCII.GetBytes(text)));
            scenario.Acknowledge(text);
        }

        return Task.CompletedTask;
    });

    [Fact]
    public Task TryCreate_Made_SurvivesOnceItReturned() => RunAsync(static scenario =>
    {
        Assert.True(DurableFile.TryCreate(
            Path.Combine(scenario.Root, "file"), System.Text.Encoding.ASCII.GetBytes(Texts[0])));
        scenario.Acknowledge(Texts[0]);
        return Task.CompletedTask;
    });

    [Fact]
    public Task CreateDirectory_Made_SurvivesOnceItReturned() => RunAsync(static scenario =>
    {
        var directory = Path.Combine(scenario.Root, "a", "b");
        DurableFile.CreateDirectory(directory);
        DurableFile.Replace(Path.Combine(directory, "file"), System.Text.Encoding.ASCII.GetBytes(Texts[0]));
        scenario.Acknowledge(Texts[0]);
        return Task.CompletedTask;
    });

    private static async Task RunAsync(Func<PowerLossScenario, Task> scenario)
    {
        using var loss = await PowerLoss.RunAsync(scenario);
        foreach (var cut in loss.Cuts())
        {
            using var directory = new TempDirectory();
            cut.Restore(directory.Path);
            var file = Directory.GetFiles(directory.Path, "file", SearchOption.AllDirectories).SingleOrDefault();
            var found = file is null ? null : File.ReadAllText(file);
            var least = cut.Acknowledged.Count - 1;
            Assert.True(
                found is null ? least < 0 : Array.IndexOf(Texts, found) >= Math.Max(0, least), $"{cut}: '{found}'");
        }
    }
}
