using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace SpotifyCore.Testing;

/// <summary>
/// A server of Debian's PostgreSQL 15 in a directory of its own, heard at a socket in it alone. It does not wait for the
/// disk: what tests end is a program, never the machine.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly Lazy<PostgresServer> OfThisProcess = new(static () => new PostgresServer());
    private static int _databases;

    private readonly ConcurrentBag<string> _emptied = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("spotifycore-pg-").FullName;
    private readonly Process _reaper;
    private Process _server;

    /// <summary>Makes one and starts it.</summary>
    public PostgresServer()
    {
        DebianPackage.Require("postgresql-15");
        _reaper = StartReaper();
        if (Environment.IsPrivilegedProcess)
            Run("chown", ["postgres:postgres", _directory]);

        RunAsUser($"{Programs}initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        _server = Launch();
    }

    /// <summary>The one that the tests of this process share; it ends with the process.</summary>
    public static PostgresServer Shared => OfThisProcess.Value;

    private string Data => Path.Combine(_directory, "data");

    /// <summary>Gives the words to connect to an empty database with: one that was given back, or a new one.</summary>
    public string MakeDatabase()
    {
        if (!_emptied.TryTake(out var name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
            Execute("postgres", $"CREATE DATABASE {name}");
        }

        return $"Host={_directory};Username=postgres;Database={name}";
    }

    /// <summary>
    /// Takes a database back, whoever is connected to it, and empties it for another test: to make one is to write some
    /// three hundred files.
    /// </summary>
    public void GiveBack(string connectionString)
    {
        var name = connectionString[(connectionString.LastIndexOf('=') + 1)..];
        Execute(name, $"""
            SELECT pg_terminate_backend(pid, {Patience.TotalMilliseconds}) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid();
            DROP SCHEMA public CASCADE;
            CREATE SCHEMA public;
            """);
        _emptied.Add(name);
    }

    /// <summary>Runs statements in a database, as an operator does; gives the values they show.</summary>
    public string Execute(string database, string sql) => Run(
        "psql", ["-h", _directory, "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-qAtc", sql]);

    /// <summary>Ends the server as a failure does, without a word to anybody.</summary>
    public void Stop() => End("QUIT");

    /// <summary>Starts it again.</summary>
    public void Start() => _server = Launch();

    /// <inheritdoc/>
    public void Dispose()
    {
        _reaper.StandardInput.Close();
        if (!_reaper.WaitForExit(Patience))
            throw new InvalidOperationException("PostgreSQL did not end.");

        _reaper.Dispose();
        _server.Dispose();
    }

    // Ends the server and takes its directory away once its own input ends: when this is disposed of, and however the
    // process ends that did not come to that.
    private Process StartReaper()
    {
        const string Script = """
            cat >/dev/null
            if server=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null); then
              kill -QUIT "$server"
              for _ in $(seq 1200); do [ -e "$1/data/postmaster.pid" ] && sleep 0.05; done
            fi
            rm -rf "$1"
            """;
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, "sh", _directory])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        return Process.Start(start)!;
    }

    // It refuses to run as root. What setpriv starts has setpriv's own number, by which it is ended.
    private static (string Program, string[] Args) AsUser(string program, params string[] args) =>
        Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", program, .. args])
            : (program, args);

    private Process Launch()
    {
        var (program, args) = AsUser(
            $"{Programs}postgres", "-D", Data, "-k", _directory, "-c", "listen_addresses=", "-c", "fsync=off",
            "-c", "max_connections=200", "-c", "autovacuum=off", "-c", "log_min_messages=panic");
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory,
        };
        var server = Process.Start(start)!;
        var began = Stopwatch.StartNew();
        while (!IsReady())
        {
            if (server.HasExited || began.Elapsed > Patience)
                throw new InvalidOperationException("PostgreSQL, which tests need, did not start.");

            Thread.Sleep(Pause);
        }

        return server;
    }

    private bool IsReady()
    {
        using var asked = Process.Start(new ProcessStartInfo($"{Programs}pg_isready", ["-q", "-t", "1", "-h", _directory]))!;
        asked.WaitForExit();
        return asked.ExitCode == 0;
    }

    private void End(string signal)
    {
        Run("kill", [$"-{signal}", _server.Id.ToString(CultureInfo.InvariantCulture)]);
        if (!_server.WaitForExit(Patience))
            throw new InvalidOperationException("PostgreSQL did not end.");
    }

    private void RunAsUser(string program, params string[] args)
    {
        var (first, others) = AsUser(program, args);
        Run(first, others);
    }

    private string Run(string program, string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory,
        };
        using var process = Process.Start(start)!;

        // Neither is more than a pipe holds.
        var output = process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException($"{program} failed: {errors}");
    }
}
