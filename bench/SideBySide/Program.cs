using System.ComponentModel;
using SpotifyCore.CommandLine;
using SpotifyCore.SideBySide;
using SpotifyCore.SideBySide.Receiving;

if (args is ["receive", var directory, var port])
    return await ReceivingWorker.RunAsync(directory, port);

try
{
    return await SideBySideCommand.Create().RunAsync("side-by-side", args);
}
catch (Exception failed) when (failed is InvalidOperationException or Win32Exception or IOException)
{
    Console.Error.WriteLine($"side-by-side: {failed.Message}");
    return ExitCodes.Failed;
}
