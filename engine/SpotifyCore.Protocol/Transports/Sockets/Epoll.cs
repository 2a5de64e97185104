using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>The system calls of Linux that tell which sockets are ready, and that never wait for one.</summary>
internal static partial class Epoll
{
    /// <summary>Bytes can be received, or the end.</summary>
    public const uint In = 0x1;

    /// <summary>Bytes can be sent.</summary>
    public const uint Out = 0x4;

    /// <summary>The connection is broken, or over both ways.</summary>
    public const uint Broken = 0x8 | 0x10;

    /// <summary>The remote peer sends nothing more.</summary>
    public const uint RemoteEnd = 0x2000;

    /// <summary>The next call would have to wait: <c>EAGAIN</c>.</summary>
    public const int WouldWait = 11;

    /// <summary>A signal came between: <c>EINTR</c>.</summary>
    public const int Interrupted = 4;

    private const uint OnChange = 1u << 31;
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int DontWait = 0x40;
    private const int Peek = 0x2;
    private const int NoSignal = 0x4000;

    // The kernel packs the structure on x86-64 alone: u32 events, then u64 data.
    private static readonly int DataAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    /// <summary>Bytes of one event as the kernel writes it.</summary>
    public static int EventSize => DataAt + sizeof(ulong);

    /// <summary>A new set of watched sockets.</summary>
    public static SafeFileHandle Create() => new(epoll_create1(CloseOnExec), ownsHandle: true);

    /// <summary>Watches a socket for every change until it is closed; its events carry a number.</summary>
    /// <exception cref="IOException">The system watches no more.</exception>
    public static void Watch(SafeFileHandle set, SafeSocketHandle socket, int number)
    {
        Span<byte> description = stackalloc byte[EventSize];
        BinaryPrimitives.WriteUInt32LittleEndian(description, In | Out | RemoteEnd | OnChange);
        BinaryPrimitives.WriteUInt64LittleEndian(description[DataAt..], (uint)number);
        if (epoll_ctl(set, Add, socket, ref MemoryMarshal.GetReference(description)) != 0)
            throw new IOException($"A socket can't be watched: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Waits for events; how many there are, or -1 when a signal came between.</summary>
    public static int Wait(SafeFileHandle set, Span<byte> events, int milliseconds) =>
        epoll_wait(set, ref MemoryMarshal.GetReference(events), events.Length / EventSize, milliseconds);

    /// <summary>What changed, and of which socket.</summary>
    public static (uint Changes, int Number) Read(ReadOnlySpan<byte> events, int index)
    {
        var one = events[(index * EventSize)..];
        var number = BinaryPrimitives.ReadUInt64LittleEndian(one[DataAt..]);
        return (BinaryPrimitives.ReadUInt32LittleEndian(one), (int)number);
    }

    /// <summary>Receives what is there; -1 and the last error when that is nothing. 0 is the end.</summary>
    public static int Receive(SafeSocketHandle socket, Span<byte> destination) =>
        (int)recv(socket, ref MemoryMarshal.GetReference(destination), destination.Length, DontWait);

    /// <summary>As <see cref="Receive"/>, and leaves it there.</summary>
    public static int Look(SafeSocketHandle socket)
    {
        byte first = 0;
        return (int)recv(socket, ref first, 1, DontWait | Peek);
    }

    /// <summary>Sends as much as there is room for; -1 and the last error when there is none.</summary>
    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> source) =>
        (int)send(socket, ref MemoryMarshal.GetReference(source), source.Length, DontWait | NoSignal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(
        SafeFileHandle set, int operation, SafeSocketHandle socket, ref byte description);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(SafeFileHandle set, ref byte events, int most, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(SafeSocketHandle socket, ref byte destination, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint send(SafeSocketHandle socket, ref byte source, nint length, int flags);
}
