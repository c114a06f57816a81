package io.farandole.events;

/** Something that happened, as one record of one topic's family. */
public sealed interface Event
        permits UserEvent,
                OfferEvent,
                InteractionEvent,
                ActivityEvent,
                CatalogueEvent,
                RecommendationEvent,
                TrainingEvent,
                ImpressionEvent,
                TickEvent,
                OperationEvent {}
