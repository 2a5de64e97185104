using System.Globalization;
using BenchmarkDotNet.Running;
using SpotifyCore.Micro.Check;
using SpotifyCore.Micro.Handshakes;
using SpotifyCore.Micro.Rates;
using SpotifyCore.Micro.Search;
using SpotifyCore.Micro.Sessions;
using SpotifyCore.Micro.Uploads;

return args switch
{
    ["check", ..] => AllocationCheck.Run(args[1..]),
    ["rates"] => CacheRates.Run(),
    ["handshakes"] => await HandshakeRates.RunAsync(),
    ["listeners", "id", var keyFile] => IdleListeners.PrintId(keyFile),
    ["listeners", var address, var count] => await IdleListeners.RunAsync(address, count, keyFile: null),
    ["listeners", var address, var count, var keyFile] => await IdleListeners.RunAsync(address, count, keyFile),
    ["uploads", var accessPoint, var name, var title, var process, var seconds] =>
        await UploadTaker.RunAsync(accessPoint, name, title, process, seconds),
    ["sessions", var accessPoint, var id, var sessions, var process] => await SessionLoad.RunAsync(
        accessPoint, id, int.Parse(sessions, CultureInfo.InvariantCulture), int.Parse(process, CultureInfo.InvariantCulture)),
    ["search", var tracks] => SearchRates.Run(tracks),
    ["handshakes", "client"] => await HandshakeClient.RunAsync(),
    _ => BenchmarkSwitcher.FromAssembly(typeof(AllocationCheck).Assembly).Run(args).Any() ? 0 : 1,
};
