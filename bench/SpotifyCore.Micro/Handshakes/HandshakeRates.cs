using System.Diagnostics;
using System.Globalization;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Micro.Handshakes;

/// <summary>
/// CPU of a TLS handshake on either side: this process accepts, a child of it connects. Rounds of each kind in turn;
/// of each, the best third counts.
/// </summary>
internal static class HandshakeRates
{
    private const int Rounds = 24;
    private const int PerRound = 40;

    public static async Task<int> RunAsync()
    {
        using var identity = NodeIdentity.Create();
        using var stopping = new CancellationTokenSource();
        using var client = StartClient();
        var kinds = Enum.GetValues<HandshakeKind>();
        var addresses = new string[kinds.Length];
        foreach (var kind in kinds)
        {
            var port = await HandshakeServer.StartAsync(kind, identity, stopping.Token);
            addresses[(int)kind] = new NodeAddress(identity.Id, "127.0.0.1", port).ToString();
        }

        var accepting = kinds.Select(static _ => new List<double>()).ToArray();
        var connecting = kinds.Select(static _ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var kind in kinds)
            {
                var before = Environment.CpuUsage.TotalTime;
                connecting[(int)kind].Add(await AskAsync(client, kind, addresses[(int)kind]));
                var spent = Environment.CpuUsage.TotalTime - before;
                accepting[(int)kind].Add(spent.TotalMicroseconds / PerRound);
            }
        }

        Console.WriteLine($"CPU a handshake, one after another; the best third of {Rounds} rounds of {PerRound} in turn");
        foreach (var kind in kinds)
            Print(kind, Best(accepting[(int)kind]), Best(connecting[(int)kind]));

        await stopping.CancelAsync();
        client.StandardInput.Close();
        await client.WaitForExitAsync();
        return client.ExitCode;

        void Print(HandshakeKind kind, double accept, double connect)
        {
            var (acceptBare, connectBare) = (
                Best(accepting[(int)HandshakeKind.Bare]), Best(connecting[(int)HandshakeKind.Bare]));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{NameOf(kind),-44} accepting {accept
                / 1000:F2} ms ({accept / acceptBare:F2})  connecting {connect / 1000:F2} ms ({connect / connectBare:F2})"));
        }
    }

    private static string NameOf(HandshakeKind kind) => kind switch
    {
        HandshakeKind.Transport => "TlsTransport",
        HandshakeKind.Bare => "bare SslStream pair",
        _ => "bare SslStream pair, the system's roots",
    };

    private static Process StartClient()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["handshakes", "client"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    // In microseconds a handshake.
    private static async Task<double> AskAsync(Process client, HandshakeKind kind, string address)
    {
        await client.StandardInput.WriteLineAsync($"{kind} {address} {PerRound}");
        var answer = await client.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The connecting process ended.");
        return double.Parse(answer, CultureInfo.InvariantCulture) / PerRound;
    }

    private static double Best(List<double> values) => values.Order().Take(Rounds / 3).Average();
}
