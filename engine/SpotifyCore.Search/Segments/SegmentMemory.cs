using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace SpotifyCore.Search.Segments;

/// <summary>Memory outside the heap, or a file that is mapped to it. Whoever has it disposes of it, once.</summary>
internal sealed unsafe class SegmentMemory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte* _start;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;

    private SegmentMemory(long length)
    {
        Length = length;
        _start = (byte*)NativeMemory.AllocZeroed(checked((nuint)length));
    }

    private SegmentMemory(MemoryMappedFile file, long length, MemoryMappedFileAccess access)
    {
        (_file, Length) = (file, length);
        _view = file.CreateViewAccessor(0, length, access);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    /// <summary>How many bytes.</summary>
    public long Length { get; }

    /// <summary>Whether it is a file.</summary>
    public bool IsFile => _file is not null;

    /// <summary>So many bytes, all zero.</summary>
    public static SegmentMemory Allocate(long length) => new(length);

    /// <summary>Makes a file of so many bytes, all zero, for its owner alone; in place of one that may be there.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static SegmentMemory Create(string path, long length)
    {
        // A disk that is full says so here: where it is only written to, that would end the process.
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.ReadWrite, PreallocationSize = length,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        return Map(new FileStream(path, options), length, MemoryMappedFileAccess.ReadWrite);
    }

    /// <summary>Maps a file, to read it.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="InvalidDataException">It is too short.</exception>
    public static SegmentMemory Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        if (file.Length >= SegmentHeader.Size)
            return Map(file, file.Length, MemoryMappedFileAccess.Read);

        file.Dispose();
        throw new InvalidDataException("The index is cut short.");
    }

    /// <summary>A part of it.</summary>
    /// <exception cref="InvalidDataException">It is not within it.</exception>
    public Span<T> Part<T>(long offset, int count)
        where T : unmanaged
    {
        if (offset < 0 || count < 0 || offset + ((long)count * sizeof(T)) > Length)
            throw new InvalidDataException("The index is damaged.");

        return new Span<T>(_start + offset, count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_view is null)
        {
            NativeMemory.Free(_start);
            return;
        }

        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file!.Dispose();
    }

    private static SegmentMemory Map(FileStream file, long length, MemoryMappedFileAccess access)
    {
        try
        {
            return new SegmentMemory(
                MemoryMappedFile.CreateFromFile(file, null, length, access, HandleInheritability.None, leaveOpen: false),
                length, access);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
