using SpotifyCore.Client;

namespace SpotifyCore.Client.Tests.Readme;

internal static class ReadmeExample
{
    public const int Lines = 8 + 1;

    public static async Task RunAsync(string url, string folder, string wav, string name)
    {

await using var client = await SpotifyClient.StartAsync(new SpotifyClientOptions
{
    AccessPoint = url, DataDirectory = folder, Output = "wav:" + wav,
});
await client.LogInAsync(name, "secret");
var found = await client.SearchAsync("wesnoth");
await client.PlayAsync(found.Tracks[0]);
await client.WhenStoppedAsync();
    }

    public static async Task AsItStandsAsync()
    {

await using var client = await SpotifyClient.StartAsync(new SpotifyClientOptions
{
    AccessPoint = "http://127.0.0.1:7400", DataDirectory = "listener", Output = "wav:song.wav",
});
await client.LogInAsync("anna", "secret");
var found = await client.SearchAsync("wesnoth");
await client.PlayAsync(found.Tracks[0]);
await client.WhenStoppedAsync();
    }
}
