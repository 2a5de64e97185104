using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>Says to who sits at a terminal what a command waits for, once that takes a few seconds.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <summary>Waits for an answer of the desktop, to which the access point has a part.</summary>
    public static async Task<T> SayAsync<T>(Desktop.DesktopClient desktop, Task<T> answer)
    {
        if (!Console.IsErrorRedirected && await Task.WhenAny(answer, Task.Delay(Silence)) != answer)
        {
            // A desktop that does not answer this either is told of by the call itself.
            var status = desktop.GetStatusAsync(new GetStatusRequest()).ResponseAsync;
            if (await Task.WhenAny(answer, status) == status && status.IsCompletedSuccessfully)
                await Console.Error.WriteLineAsync($"{LineOf(await status)} ...");
        }

        return await answer;
    }

    private static string LineOf(Status status) =>
        TextLines.Waiting(status.State == PlayState.Opening ? status : new Status { WaitsFor = WaitsFor.AccessPoint });
}
