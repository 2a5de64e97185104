using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>
/// nginx, one worker, with the file in the page cache: sendfile, connections kept, no log; over TLS 1.3 with the
/// engine's kind of key.
/// </summary>
internal sealed class NginxServer : ILoadServer
{
    private readonly ServerProcess _process;

    private NginxServer(ServerProcess process, LoadTarget target)
    {
        _process = process;
        Target = target;
    }

    /// <inheritdoc/>
    public LoadTarget Target { get; }

    /// <summary>Starts it.</summary>
    /// <param name="setup">How it is set up.</param>
    /// <param name="file">What it serves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<NginxServer> StartAsync(
        NginxSetup setup, ServedFile file, CancellationToken cancellationToken) =>
        LoopbackPort.StartAsync(port => StartAsync(setup, port, file, cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<NginxServer> StartAsync(
        NginxSetup setup, int port, ServedFile file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(setup.Directory);
        var configuration = Path.Combine(setup.Directory, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configure(setup, port, file), cancellationToken);
        var process = ServerProcess.Start(
            Cores.Pin(Cores.Server, "nginx", "-p", setup.Directory, "-e", "stderr", "-c", configuration));
        try
        {
            await process.WhenListeningAsync(port, cancellationToken);
            var worker = await process.FindChildAsync(cancellationToken);
            return new NginxServer(process, new LoadTarget("http", port, worker, setup.Tls?.AskerKey));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static string Configure(NginxSetup setup, int port, ServedFile file) => $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        daemon off;
        worker_processes 1;
        error_log stderr;
        pid {{setup.Directory}}/pid;
        events { worker_connections 512; }
        http {
          access_log off;
          sendfile on;
          open_file_cache {{(setup.KeepsFilesOpen ? "max=16" : "off")}};
          open_file_cache_valid 1h;
          keepalive_timeout 1h;
          keepalive_requests 1000000000;
          client_body_temp_path {{setup.Directory}}/body;
          proxy_temp_path {{setup.Directory}}/proxy;
          fastcgi_temp_path {{setup.Directory}}/fastcgi;
          uwsgi_temp_path {{setup.Directory}}/uwsgi;
          scgi_temp_path {{setup.Directory}}/scgi;
          server {
            listen 127.0.0.1:{{port}} {{(setup.Tls is null ? "" : "ssl")}};
            {{Speak(setup.Tls)}}
            root {{Path.GetDirectoryName(file.Path)}};
          }
        }
        """;

    private static string Speak(ServerTls? tls) => tls is null
        ? ""
        : $"ssl_protocols TLSv1.3; ssl_certificate {tls.Certificate}; ssl_certificate_key {tls.Key};";
}
