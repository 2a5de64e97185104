using Microsoft.Win32.SafeHandles;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>
/// One thread that learns which of its connections can receive or send, and lets those that ask for it go on right
/// there: no queue and no second thread stands between a request and its answer. Watching is safe for many threads.
/// </summary>
internal sealed class EpollLoop
{
    private const int MostEvents = 64;
    private static readonly Lazy<EpollLoop[]> All = new(Start);
    private static int _next;
    private readonly SafeFileHandle _set = Epoll.Create();
    private readonly Lock _gate = new();
    private readonly Stack<int> _free = [];
    private readonly Queue<LoopSignal> _later = [];
    private EpollConnection?[] _watched = new EpollConnection?[16];
    private int _count;
    private int _thread;

    private EpollLoop()
    {
    }

    /// <summary>True on the loop's own thread.</summary>
    public bool IsCurrent => Environment.CurrentManagedThreadId == _thread;

    /// <summary>One of the process's loops, of which there is one a processor; null where there are none.</summary>
    public static EpollLoop? Take()
    {
        var loops = All.Value;
        return loops.Length == 0 ? null : loops[(uint)Interlocked.Increment(ref _next) % loops.Length];
    }

    /// <summary>Tells a connection what changes on its socket from now on, until the socket is closed.</summary>
    /// <returns>What to give to <see cref="Forget"/>.</returns>
    /// <exception cref="IOException">The system watches no more.</exception>
    public int Watch(EpollConnection connection)
    {
        int number;
        lock (_gate)
        {
            if (!_free.TryPop(out number))
                number = _count++;
            if (number == _watched.Length)
                Array.Resize(ref _watched, number * 2);

            _watched[number] = connection;
        }

        try
        {
            Epoll.Watch(_set, connection.Handle, number);
        }
        catch (IOException)
        {
            Forget(number);
            throw;
        }

        return number;
    }

    /// <summary>Tells it nothing more. What was already under way may still come, to it or to its successor.</summary>
    public void Forget(int number)
    {
        lock (_gate)
        {
            _watched[number] = null;
            _free.Push(number);
        }
    }

    /// <summary>On the loop's thread: sets a signal after all others have had their turn.</summary>
    public void SetLater(LoopSignal signal) => _later.Enqueue(signal);

    private static EpollLoop[] Start()
    {
        if (!OperatingSystem.IsLinux())
            return [];

        var loops = new EpollLoop[Environment.ProcessorCount];
        for (var i = 0; i < loops.Length; i++)
        {
            loops[i] = new EpollLoop();

            // Out of descriptors: sockets are then waited for by the framework.
            if (loops[i]._set.IsInvalid)
                return [];
        }

        foreach (var loop in loops)
            new Thread(loop.Run) { IsBackground = true, Name = "epoll" }.UnsafeStart();

        return loops;
    }

    private void Run()
    {
        _thread = Environment.CurrentManagedThreadId;
        var events = new byte[MostEvents * Epoll.EventSize];
        while (true)
        {
            var count = Epoll.Wait(_set, events, _later.Count > 0 ? 0 : Timeout.Infinite);
            for (var i = 0; i < count; i++)
            {
                var (changes, number) = Epoll.Read(events, i);
                Volatile.Read(ref _watched)[number]?.Changed(changes);
            }

            for (var left = _later.Count; left > 0; left--)
                _later.Dequeue().Set();
        }
    }
}
