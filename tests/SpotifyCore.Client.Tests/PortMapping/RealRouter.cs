using System.Diagnostics;
using System.Net;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.PortMapping;

/// <summary>
/// Debian's miniupnpd as the router of a home, in a network namespace of its own: this host is in the home, another
/// namespace is the outside. Needs root, or sudo without a password.
/// </summary>
internal sealed class RealRouter : IAsyncDisposable
{
    private const string Rules = """
        table inet filter {
          chain miniupnpd { }
          chain prerouting_miniupnpd { }
          chain postrouting_miniupnpd { }
          chain forward { type filter hook forward priority 0; policy drop; ct state established,related accept; jump miniupnpd; }
          chain prerouting { type nat hook prerouting priority -100; jump prerouting_miniupnpd; }
          chain postrouting { type nat hook postrouting priority 100; oifname "home" masquerade; jump postrouting_miniupnpd; }
        }
        """;

    private readonly string _name = $"sc{Environment.ProcessId % 100_000}";
    private readonly TempDirectory _directory = new();
    private readonly int _net = 64 + (Environment.ProcessId % 128);

    private RealRouter()
    {
    }

    /// <summary>This host's address at home.</summary>
    public IPAddress Home => IPAddress.Parse($"192.168.{_net}.2");

    public IPAddress Router => IPAddress.Parse($"192.168.{_net}.1");

    public IPAddress Outside { get; } = IPAddress.Parse("11.22.33.44");

    public static async Task<RealRouter> StartAsync(bool upnp)
    {
        foreach (var package in (string[])["iproute2", "nftables", "miniupnpd"])
            DebianPackage.Require(package);

        var router = new RealRouter();
        try
        {
            await router.BuildAsync(upnp);
            return router;
        }
        catch
        {
            await router.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects from outside to a port of the router; true when somebody accepts.</summary>
    public async Task<bool> ReachesAsync(int port) =>
        await RunAsync($"ip netns exec {_name}o timeout 3 bash -c 'exec 3<>/dev/tcp/{Outside}/{port}'") == 0;

    public async ValueTask DisposeAsync()
    {
        await RunAsync($"ip netns pids {_name} | xargs -r kill; ip netns del {_name}; ip netns del {_name}o; ip link del {_name}h");
        _directory.Dispose();
    }

    private async Task BuildAsync(bool upnp)
    {
        await File.WriteAllTextAsync(_directory["rules"], Rules);
        await File.WriteAllTextAsync(_directory["conf"], $"""
            ext_ifname=out
            listening_ip=home
            enable_upnp={(upnp ? "yes" : "no")}
            enable_natpmp=yes
            secure_mode=yes
            uuid=00000000-0000-0000-0000-000000000001
            allow 1024-65535 192.168.{_net}.0/24 1024-65535
            deny 0-65535 0.0.0.0/0 0-65535

            """);
        string[] steps =
        [
            $"ip netns add {_name}", $"ip netns add {_name}o",
            $"ip link add {_name}h type veth peer name home netns {_name}",
            $"ip addr add {Home}/24 dev {_name}h", $"ip link set {_name}h up",
            $"ip -n {_name} addr add {Router}/24 dev home", $"ip -n {_name} link set home up", $"ip -n {_name} link set lo up",
            $"ip -n {_name} link add out type veth peer name eth netns {_name}o",
            $"ip -n {_name} addr add {Outside}/24 dev out", $"ip -n {_name} link set out up",
            $"ip -n {_name}o addr add 11.22.33.1/24 dev eth", $"ip -n {_name}o link set eth up",
            $"ip netns exec {_name} sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'",
            $"ip netns exec {_name} nft -f {_directory["rules"]}",
            $"ip netns exec {_name} miniupnpd -f {_directory["conf"]} -P {_directory["pid"]}",
        ];
        foreach (var step in steps)
            Assert.True(await RunAsync(step) == 0, $"It needs root: {step}");
    }

    private static async Task<int> RunAsync(string command)
    {
        var isRoot = Environment.UserName == "root";
        string[] shell = isRoot ? ["-c", command] : ["-n", "/bin/sh", "-c", command];
        var start = new ProcessStartInfo(isRoot ? "/bin/sh" : "sudo", shell)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return process.ExitCode;
    }
}
