using System.ComponentModel;
using System.Diagnostics;
using Grpc.Core;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary>What is done in the listener's browser: the address shown, and opened where there is one.</summary>
internal static class BrowserSignIn
{
    /// <summary>Waits until it is done.</summary>
    /// <returns>The last notice: what came of it.</returns>
    public static async Task<DesktopSignInNotice> RunAsync(
        AsyncServerStreamingCall<DesktopSignInNotice> signIn, CancellationToken cancellationToken)
    {
        using (signIn)
        {
            while (await signIn.ResponseStream.MoveNext(cancellationToken))
            {
                var notice = signIn.ResponseStream.Current;
                if (notice.NoticeCase != DesktopSignInNotice.NoticeOneofCase.Address)
                    return notice;

                Console.WriteLine("Sign in with your browser, within ten minutes, at");
                Console.WriteLine(notice.Address);
                Open(notice.Address);
            }
        }

        throw new ListenerException("The desktop has not said what came of it.", ExitCodes.Failed);
    }

    private static void Open(string address)
    {
        if (OperatingSystem.IsLinux() && !HasScreen())
            return;

        try
        {
            // Whatever opens addresses here; on Linux that is xdg-open.
            Process.Start(new ProcessStartInfo(address) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            // The address stands there.
        }
    }

    private static bool HasScreen() =>
        Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
}
