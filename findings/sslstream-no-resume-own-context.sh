#!/usr/bin/env bash
# Guess: a server of SslStream that turns the resumption of TLS sessions off (AllowTlsResume = false) keeps a little less for
# each connection, as there are no tickets to make and nothing to remember; at any rate not more.
# Seen, .NET 10 on Linux with OpenSSL 3.0: it keeps more than 8 KiB more for each idle connection, a fifth of all that one
# takes. With resumption allowed all connections of one certificate context share an SSL_CTX; without, the framework makes one
# for each connection, and the connection keeps it. A server of many idle connections that wants every handshake to be
# signed pays for it in memory.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >trial.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
</Project>
PROJECT
cat >Program.cs <<'PROGRAM'
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

const int Connections = 600;
if (args is ["client", var port])
{
    await ConnectAsync(int.Parse(port), Connections);
    Console.WriteLine("ready");
    await Console.In.ReadToEndAsync();
    return;
}

using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
using var certificate = new CertificateRequest("CN=trial", key, HashAlgorithmName.SHA256)
    .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
var options = new SslServerAuthenticationOptions
{
    ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
    AllowTlsResume = args is ["resume"],
};
var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start(Connections);
var kept = new List<SslStream>();
await ConnectOneAsync(); // what is compiled and loaded once
var before = Resident();
using var client = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["client", $"{((IPEndPoint)listener.LocalEndpoint).Port}"])
{
    RedirectStandardInput = true, RedirectStandardOutput = true,
})!;
for (var i = 0; i < Connections; i++)
    kept.Add(await AcceptAsync());

await client.StandardOutput.ReadLineAsync();
Console.WriteLine((Resident() - before) / Connections);
client.StandardInput.Close();
await client.WaitForExitAsync();
GC.KeepAlive(kept);

async Task ConnectOneAsync()
{
    var accepted = AcceptAsync();
    await ConnectAsync(((IPEndPoint)listener.LocalEndpoint).Port, 1);
    kept.Add(await accepted);
}

async Task<SslStream> AcceptAsync()
{
    var stream = new SslStream(new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true));
    await stream.AuthenticateAsServerAsync(options);
    return stream;
}

static async Task ConnectAsync(int port, int count)
{
    for (var i = 0; i < count; i++)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "trial", AllowTlsResume = false, RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        Kept.All.Add(stream);
    }
}

static long Resident()
{
    GC.Collect();
    GC.WaitForPendingFinalizers();
    GC.Collect();
    using var self = Process.GetCurrentProcess();
    return self.WorkingSet64;
}

static class Kept
{
    public static readonly List<SslStream> All = [];
}
PROGRAM
dotnet build -c Release -v quiet --nologo >build.log || { cat build.log; exit 1; }
run() { DOTNET_GCConserveMemory=9 bin/Release/net10.0/trial "$1"; }
with=$(run resume) without=$(run never)
echo "bytes a connection: $with with resumption, $without without"
[ $((without - with)) -gt 8192 ]
