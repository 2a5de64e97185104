using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Adverts;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>What an import of adverts asks.</summary>
internal sealed class AdvertCalls(AdvertStore adverts, ILogger<AdvertCalls> logger)
{
    public Task<AddTrackReply> AddAsync(AddTrackRequest request, ServerCallContext call)
    {
        var account = CallerGate.SessionOf(call).Account.Name;
        try
        {
            var sound = NewTrackReader.Read(request);
            var advert = AdvertReader.Read(request.Advert, sound.Tags.Title.Trim());
            var wasThere = adverts.Put(sound, advert);
            var id = sound.Recording.ToString();
            logger.AdvertAdded(id, advert.Campaign, account, wasThere);
            return Task.FromResult(new AddTrackReply { Replaced = wasThere, Track = id });
        }
        catch (NewTrackException refused)
        {
            logger.TrackRefused(account, refused.Message);
            throw CallFailure.Of(StatusCode.InvalidArgument, refused.Message);
        }
    }
}
