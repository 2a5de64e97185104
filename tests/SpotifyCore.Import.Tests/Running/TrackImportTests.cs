
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Contracts;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Tests.Running;

public sealed class TrackImportTests(TestMusic music) : IClassFixture<TestMusic>, IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly SemaphoreSlim _cores = new(2);
    private readonly MemoryLibrarian _librarian = new();
    private readonly MemoryStore _store = new();

    private TrackImport Import => ImportBy(OpusCodecs.Select(OpusCodecChoice.Auto), _store);

    public void Dispose()
    {
        _cores.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData("first track.flac", 2)]
    [InlineData("mono.wav", 1, "-ac", "1")]
    public async Task Run_Source_StoresThreeFilesThatSoundLikeIt(string name, int channels, params string[] options)
    {
        var source = music.Make(name, 3.1, options);
        var result = await Import.RunAsync(new(source), default);

        Assert.Equal((ImportStatus.Imported, Path.GetFileNameWithoutExtension(name)), (result.Status, result.Title));
        Assert.Empty(result.Problems);
        var track = _librarian.Tracks[result.Track];
        Assert.Equal([96_000, 160_000, 320_000], track.Files.Select(file => ReadManifest(file).BitsPerSecond));
        Assert.Equal(SHA256.HashData(await File.ReadAllBytesAsync(source.Path)), track.SourceHash.ToByteArray());

        var original = MemoryMarshal.Cast<byte, short>(TestMusic.Decode(source)).ToArray();
        foreach (var (file, least) in track.Files.Zip([0.98, 0.985, 0.99]))
        {
            var manifest = ReadManifest(file);
            Assert.Equal(original.Length / channels, manifest.Samples);
            Assert.Equal(result.Duration.TotalSeconds, manifest.Duration.TotalSeconds, 3);
            Assert.InRange(Correlate(original, Play(manifest, file, channels)), least, 1);
        }
    }

    [Fact]
    public async Task Run_KnownWithALostCopy_IsPutAgain()
    {
        var source = music.Make("lost.flac");
        var first = await Import.RunAsync(new(source), default);
        var lost = _store.Files.Keys.First();
        _store.Files.Clear();
        _store.Missing.Add(lost);

        var second = await Import.RunAsync(new(source), default);

        Assert.Equal((ImportStatus.Restored, first.Track), (second.Status, second.Track));
        Assert.Contains(lost, _store.Files.Keys);
        Assert.Equal(ImportStatus.Known, (await Import.RunAsync(new(source), default)).Status);
    }

    /// <summary>Copies that other owners still have are of use beside the very same file alone.</summary>
    [Fact]
    public async Task Run_KnownWithALostCopyMeasuredOtherwiseThen_IsMadeAsItWasSealed()
    {
        var source = music.Make("measured.flac");
        var first = await Import.RunAsync(new(source), default);
        var loudness = _librarian.Tracks[first.Track].Loudness -= 0.1f;
        _store.Missing.UnionWith(_store.Files.Keys);

        var second = await Import.RunAsync(new(source), default);

        var track = _librarian.Tracks[second.Track];
        Assert.Equal((ImportStatus.Restored, loudness), (second.Status, track.Loudness));
        Assert.All(track.Files, file => Assert.Equal(-18 - loudness, ReadManifest(file).TrackGain));
    }

    [Fact]
    public async Task Run_KnownWhereAMasterIsSilent_SaysSoAndEncodesNothing()
    {
        var source = music.Make("silent.flac");
        var first = await Import.RunAsync(new(source), default);
        _store.Missing.Add(_store.Files.Keys.First());
        _store.IsSilent = true;
        _store.Files.Clear();

        var second = await Import.RunAsync(new(source), default);

        Assert.Equal((ImportStatus.Incomplete, first.Track), (second.Status, second.Track));
        Assert.Contains("does not answer", Assert.Single(second.Problems), StringComparison.Ordinal);
        Assert.Empty(_store.Files);
    }

    [Fact]
    public async Task Run_AnOwnerIsAway_IsInTheCatalogueAndSaysHowManyCopiesAreMissingWhere()
    {
        var away = new NodeAddress(null, "away", 7401);
        _store.Away = away;
        var result = await Import.RunAsync(new(music.Make("half.flac")), default);

        Assert.Equal((ImportStatus.Incomplete, "half"), (result.Status, result.Title));
        Assert.True(result.Duration > TimeSpan.Zero);
        Assert.Equal(3, _librarian.Tracks[result.Track].Files.Count);
        Assert.Equal(["3 stored files have no copy at master away:7401, which does not answer"], result.Problems);
        Assert.All(result.Missing, copy => Assert.Equal(away, copy.Master));
    }

    [Fact]
    public async Task Run_KnownWithALostCopyWhileAnOwnerIsAway_StaysIncomplete()
    {
        var source = music.Make("lost and away.flac");
        await Import.RunAsync(new(source), default);
        _store.Missing.Add(_store.Files.Keys.First());
        _store.Away = new NodeAddress(null, "away", 7401);

        Assert.Equal(ImportStatus.Incomplete, (await Import.RunAsync(new(source), default)).Status);
        Assert.Empty(_store.Missing);
    }

    [Fact]
    public async Task Run_SameSourceAgain_IsKnownAndNotEncoded()
    {
        var source = music.Make("again.flac");
        var first = await Import.RunAsync(new(source), default);
        _librarian.Tracks.Clear();
        var second = await Import.RunAsync(new(source), default);

        Assert.Equal((ImportStatus.Known, first.Track), (second.Status, second.Track));
        Assert.Empty(_librarian.Tracks);
    }

    [Fact]
    public async Task Run_KnownByItsHash_IsAskedForOnceAndWithoutEssence()
    {
        var source = music.Make("asked.flac", 0.6);
        await Import.RunAsync(new(source), default);
        Assert.NotEmpty(Assert.Single(_librarian.Added).Essence);
        _librarian.Asked.Clear();

        Assert.Equal(ImportStatus.Known, (await Import.RunAsync(new(source), default)).Status);
        Assert.Empty(Assert.Single(_librarian.Asked).Essence);
    }

    [Fact]
    public async Task Run_SameSoundFromAnotherFile_MakesTheSameFiles()
    {
        var one = await Import.RunAsync(new(music.Make("same.wav")), default);
        var files = _store.Files.Keys.Order().ToList();
        var two = await Import.RunAsync(new(music.Make("same too.flac", 2.5, "-sample_fmt", "s16")), default);

        Assert.Equal(one.Track, two.Track);
        Assert.Equal(ImportStatus.Imported, two.Status);
        Assert.Equal(files, _store.Files.Keys.Order());
    }

    [Theory]
    [InlineData("retagged.flac", false)]
    [InlineData("retagged.mp3", false)]
    [InlineData("retagged.wav", true)]
    public async Task Run_Retagged_IsFollowedWithoutEncoding(string name, bool isDecoded)
    {
        var source = music.Make(name, 1.5, "-metadata", "title=Before");
        var first = await Import.RunAsync(new(source), default);
        var files = _store.Files.Keys.Order().ToList();
        _store.Files.Clear();
        File.Copy(music.Make($"other {name}", 1.5, "-metadata", "title=After all").Path, source.Path, overwrite: true);

        var progress = new SourceProgress(source);
        var second = await Import.RunAsync(progress, default);

        Assert.Equal((ImportStatus.Updated, first.Track, "After all"), (second.Status, second.Track, second.Title));
        Assert.Equal("After all", _librarian.Tracks[second.Track].Tags.Title);
        Assert.Equal(isDecoded, progress.DecodedBytes > 0);
        Assert.Equal(TimeSpan.Zero, progress.Encoding.Sound);
        Assert.Empty(_store.Files);
        Assert.Equal(3, files.Count);
        Assert.Equal(ImportStatus.Known, (await Import.RunAsync(new(source), default)).Status);
    }

    [Fact]
    public async Task Run_Moved_SaysWhereItWas()
    {
        var source = music.Make("before the move.wav", 0.7);
        await Import.RunAsync(new(source), default);
        var moved = source with { Path = Path.Combine(music.Folder, "after the move.wav"), Name = "after the move.wav" };
        File.Move(source.Path, moved.Path);

        Assert.Equal(ImportStatus.Updated, (await Import.RunAsync(new(moved), default)).Status);
        var request = Assert.Single(_librarian.Added, request => request.Location == moved.Location);
        Assert.Equal((source.Location, 0), (request.MovedFrom, request.Files.Count));
    }

    [Fact]
    public async Task Run_CopyOfASource_DoesNotTakeItsPlace()
    {
        var source = music.Make("original.wav", 0.8);
        await Import.RunAsync(new(source), default);
        File.Copy(source.Path, Path.Combine(music.Folder, "copy.wav"));
        var copy = source with { Path = Path.Combine(music.Folder, "copy.wav"), Name = "copy.wav" };

        await Import.RunAsync(new(copy), default);

        Assert.Empty(Assert.Single(_librarian.Added, request => request.Location == copy.Location).MovedFrom);
    }

    [Fact]
    public async Task Run_AnotherCodec_MakesOtherFilesOfTheSameTrack()
    {
        var source = music.Make("both codecs.flac");
        var native = await Import.RunAsync(new(source), default);
        var files = _librarian.Tracks[native.Track].Files.Select(file => ReadManifest(file).File).ToList();
        var managed = await ImportBy(OpusCodecs.Managed, _store).RunAsync(new(source), default);

        Assert.Equal((ImportStatus.Imported, native.Track), (managed.Status, managed.Track));
        var track = _librarian.Tracks[managed.Track];
        Assert.StartsWith("Concentus ", track.Encoder, StringComparison.Ordinal);
        Assert.Empty(track.Files.Select(file => ReadManifest(file).File).Intersect(files));
        var original = MemoryMarshal.Cast<byte, short>(TestMusic.Decode(source)).ToArray();
        foreach (var file in track.Files)
        {
            var manifest = ReadManifest(file);
            Assert.InRange(Correlate(original, Play(manifest, file, channels: 2)), 0.98, 1);
        }
    }

    [Fact]
    public async Task Run_BadSources_FailWithTheReasonAndStoreNothing()
    {
        foreach (var bad in (SourceFile[])
            [
                music.Write("words.mp3", "No sound here."u8.ToArray()),
                music.Write("nothing.mp3", []),
                new(Path.Combine(music.Folder, "gone.mp3"), "gone.mp3", 5),
            ])
        {
            var result = await Import.RunAsync(new(bad), default);
            Assert.Equal(ImportStatus.Failed, result.Status);
            Assert.NotEmpty(Assert.Single(result.Problems));
        }

        Assert.Empty(_store.Files);
        Assert.Empty(_librarian.Tracks);
    }

    [Fact]
    public async Task Run_TruncatedSource_IsImportedWithAWarning()
    {
        var result = await Import.RunAsync(new(music.Truncate(music.Make("full.flac", 6), "cut.flac", 0.6)), default);
        Assert.Equal(ImportStatus.Imported, result.Status);
        Assert.NotEmpty(result.Problems);
    }

    [Fact]
    public async Task Run_StoreRefuses_LeavesTheCatalogueAlone()
    {
        var import = ImportBy(OpusCodecs.Select(OpusCodecChoice.Auto), new MemoryStore(isRefusing: true));
        var result = await import.RunAsync(new(music.Make("refused.wav", 0.5)), default);

        Assert.Equal(ImportStatus.Failed, result.Status);
        Assert.Equal(["no room"], result.Problems);
        Assert.Empty(_librarian.Tracks);
        Assert.Equal(2, _cores.CurrentCount);
    }

    private TrackImport ImportBy(IOpusCodec codec, MemoryStore store) =>
        new(_librarian, store, new TrackEncoder(codec, _scratch), _scratch, _cores);

    private static Manifest ReadManifest(ImportedFile file)
    {
        Assert.True(ManifestReader.TryRead(file.Manifest.Span, out var manifest));
        return manifest;
    }

    private float[] Play(Manifest manifest, ImportedFile file, int channels)
    {
        using var seal = new ChunkSeal(MemoryLibrarian.KeyOf(file.PlaintextHash.Span));
        using var opus = OpusCodecs.Select(OpusCodecChoice.Auto).CreateDecoder(channels);
        var decoder = new OpusTrackDecoder(opus, manifest.PreSkip);
        var pcm = new List<float>();
        var bytes = _store.Files[manifest.File].ToArray();
        for (uint index = 0; index < manifest.ChunkCount; index++)
        {
            var chunk = bytes.AsSpan((int)index * Manifest.ChunkSize, manifest.LengthOf(index));
            seal.Apply(index, chunk);
            Assert.Equal(chunk.Length, decoder.Push(chunk));
            while (decoder.TryRead(out var heard))
                pcm.AddRange(heard);
        }

        Assert.True(decoder.Ended);
        Assert.Equal(SHA256.HashData(bytes), file.PlaintextHash.ToByteArray());
        return [.. pcm];
    }

    private static double Correlate(short[] original, float[] decoded)
    {
        Assert.Equal(original.Length, decoded.Length);
        double product = 0, left = 0, right = 0;
        for (var i = 0; i < original.Length; i++)
        {
            product += original[i] * (double)decoded[i];
            left += original[i] * (double)original[i];
            right += decoded[i] * (double)decoded[i];
        }

        return product / Math.Sqrt(left * right);
    }
}
